//! Logging in, and what a token opens.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Service;
use crate::{
    accounts::Accounts,
    compute,
    json_body::{self, InvalidBody},
    problem::Problem,
};

const NAME_MAX: usize = 100;
const PASSWORD_MAX: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Login {
    name: String,
    password: String,
}

impl Login {
    fn from_json(body: &[u8]) -> Result<Self, InvalidBody> {
        let login: Self = json_body::parse(body)?;
        if (1..=NAME_MAX).contains(&login.name.chars().count())
            && (1..=PASSWORD_MAX).contains(&login.password.chars().count())
        {
            return Ok(login);
        }
        Err(InvalidBody::Wrong(format!(
            "A name has 1 to {NAME_MAX} characters, a password 1 to {PASSWORD_MAX}."
        )))
    }
}

#[derive(Serialize)]
pub struct Token {
    token: String,
}

impl Service {
    pub async fn log_in(&self, body: &[u8]) -> Result<Token, Problem> {
        let Login { name, password } = Login::from_json(body)?;
        let accounts = Arc::clone(self.accounts()?);
        compute::run(move || accounts.log_in(&name, &password))
            .await
            .map_err(Problem::failed)?
            .map(|token| Token { token })
            .ok_or_else(|| Problem::unauthorized("There is no such name with this password."))
    }

    /// Whether a good token came with a request, of which this is the header `Authorization`.
    pub fn admit(&self, authorization: Option<&str>) -> Result<(), Problem> {
        let accounts = self.accounts()?;
        authorization
            .and_then(|value| value.strip_prefix("Bearer "))
            .and_then(|token| accounts.name_of(token))
            .map(|_name| ())
            .ok_or_else(|| Problem::unauthorized("A good token is needed."))
    }

    fn accounts(&self) -> Result<&Arc<Accounts>, Problem> {
        self.accounts
            .as_ref()
            .ok_or_else(|| Problem::unavailable("This service was started without accounts."))
    }
}
