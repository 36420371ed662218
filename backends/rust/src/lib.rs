//! The twofold catalog: an HTTP/JSON service over items that live in memory.

pub mod api;
pub mod catalog;
pub mod config;
pub mod server;
