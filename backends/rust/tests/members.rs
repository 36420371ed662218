//! Logging in, and what tokens open.

use std::{
    env,
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};

use catalog_service::accounts::Accounts;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// Beside the backend, unless a copy of the backend is tested.
fn accounts() -> Accounts {
    let contract =
        env::var_os("CONTRACT_FOLDER").map_or_else(|| PathBuf::from("../contract"), PathBuf::from);
    Accounts::open(contract.join("accounts/members.json"), KEY).unwrap()
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
}

fn token(algorithm: Algorithm, key: &str, claims: &Value) -> String {
    let key = EncodingKey::from_secret(key.as_bytes());
    jsonwebtoken::encode(&Header::new(algorithm), claims, &key).unwrap()
}

#[test]
fn who_knows_the_password_gets_a_token() {
    let accounts = accounts();
    let token = accounts
        .log_in("member-1", "kodi difece!")
        .unwrap()
        .unwrap();
    assert_eq!(accounts.name_of(&token).as_deref(), Some("member-1"));
    for (name, password) in [
        ("member-1", "kodi difece"),
        ("member-65", "kodi difece!"),
        ("", ""),
    ] {
        assert_eq!(accounts.log_in(name, password).unwrap(), None, "{name}");
    }
}

#[test]
fn other_tokens_are_none() {
    let accounts = accounts();
    let good = json!({"sub": "member-1", "iat": now(), "exp": now() + 60});
    assert!(
        accounts
            .name_of(&token(Algorithm::HS256, KEY, &good))
            .is_some()
    );
    for token in [
        token(Algorithm::HS256, "another", &good),
        token(Algorithm::HS512, KEY, &good),
        token(
            Algorithm::HS256,
            KEY,
            &json!({"sub": "x", "iat": 1, "exp": now() - 1}),
        ),
        token(Algorithm::HS256, KEY, &json!({"sub": "x", "iat": now()})),
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4IiwiaWF0IjoxLCJleHAiOjk5OTk5OTk5OTl9.".to_owned(),
        "x".to_owned(),
    ] {
        assert_eq!(accounts.name_of(&token), None, "{token}");
    }
}
