//! The twofold service: a catalog in memory, a few kinds of work, orders in PostgreSQL, over
//! HTTP/JSON. [`api`] and [`server`] speak HTTP with axum; all else knows no framework.

pub mod accounts;
#[cfg(feature = "axum")]
pub mod api;
pub mod catalog;
pub mod compute;
pub mod config;
pub mod events;
pub mod inference;
pub mod json_body;
pub mod orders;
pub mod patience;
pub mod problem;
pub mod series;
#[cfg(feature = "axum")]
pub mod server;
pub mod service;
pub mod table;
pub mod upstream;
