//! Accounts: passwords hashed by Argon2id, and signed tokens for who knows one.

use std::{
    collections::HashMap,
    fs,
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::Context;
use argon2::{Argon2, PasswordHash, PasswordVerifier};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

const TOKEN_LIFE_S: u64 = 3600;

/// Names and the hashes of their passwords, and what tokens are signed with.
pub struct Accounts {
    hashes: HashMap<String, String>,
    /// Somebody's, for names that nobody has.
    anyone: String,
    signing: EncodingKey,
    checking: DecodingKey,
    validation: Validation,
}

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    sub: String,
    iat: u64,
    exp: u64,
}

impl Accounts {
    pub fn open(path: impl AsRef<Path>, key: &str) -> anyhow::Result<Self> {
        let hashes: HashMap<String, String> = serde_json::from_slice(&fs::read(path)?)?;
        let anyone = hashes.values().next().context("there is no account")?;
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = 0;
        validation.set_required_spec_claims(&["exp", "sub"]);
        Ok(Self {
            anyone: anyone.clone(),
            hashes,
            signing: EncodingKey::from_secret(key.as_bytes()),
            checking: DecodingKey::from_secret(key.as_bytes()),
            validation,
        })
    }

    /// A token for who knows the password, and `None` for others. A name that nobody has costs a
    /// hash too, so that the time does not tell which names there are. Takes tens of milliseconds.
    pub fn log_in(&self, name: &str, password: &str) -> anyhow::Result<Option<String>> {
        let known = self.hashes.get(name);
        let hash = PasswordHash::new(known.unwrap_or(&self.anyone))
            .map_err(|error| anyhow::anyhow!("the hash of {name}: {error}"))?;
        let right = Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok();
        if known.is_none() || !right {
            return Ok(None);
        }
        let iat = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let claims = Claims {
            sub: name.to_owned(),
            iat,
            exp: iat + TOKEN_LIFE_S,
        };
        let token = jsonwebtoken::encode(&Header::default(), &claims, &self.signing)?;
        Ok(Some(token))
    }

    /// Whose token this is, if it is good.
    pub fn name_of(&self, token: &str) -> Option<String> {
        jsonwebtoken::decode::<Claims>(token, &self.checking, &self.validation)
            .ok()
            .map(|token| token.claims.sub)
    }
}
