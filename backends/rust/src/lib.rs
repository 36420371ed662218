//! The twofold service: a catalog in memory, a few kinds of work, orders in PostgreSQL, over
//! HTTP/JSON.

pub mod accounts;
pub mod api;
pub mod catalog;
pub mod compute;
pub mod config;
pub mod events;
pub mod inference;
pub mod json_body;
pub mod orders;
pub mod series;
pub mod server;
pub mod table;
pub mod upstream;
