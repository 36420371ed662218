//! The twofold service on actix-web: what speaks HTTP. All else is `catalog_service`.

pub mod api;
pub mod patience;
pub mod server;
