//! `/login` and `/members/items/{id}`.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{FromRequestParts, State},
    http::{StatusCode, header::AUTHORIZATION, request::Parts},
    routing::{get, post},
};
use serde::{Deserialize, Serialize};

use super::{
    extract::{Id, JsonBody},
    problem::{self, Problem},
};
use crate::{
    accounts::Accounts,
    catalog::{Catalog, Item},
    compute,
    json_body::{self, InvalidBody},
};

const NAME_MAX: usize = 100;
const PASSWORD_MAX: usize = 200;

#[derive(Clone)]
struct Members {
    accounts: Option<Arc<Accounts>>,
    catalog: Arc<Catalog>,
}

pub fn router(accounts: Option<Arc<Accounts>>, catalog: Arc<Catalog>) -> Router {
    Router::new()
        .route("/login", post(log_in))
        .route("/members/items/{id}", get(read))
        .with_state(Members { accounts, catalog })
}

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
struct Token {
    token: String,
}

async fn log_in(State(members): State<Members>, body: JsonBody) -> Result<Json<Token>, Problem> {
    let Login { name, password } = body.parse(Login::from_json)?;
    let accounts = members.accounts.ok_or_else(no_accounts)?;
    compute::run(move || accounts.log_in(&name, &password))
        .await
        .map_err(problem::failed)?
        .map(|token| Json(Token { token }))
        .ok_or_else(|| Problem::unauthorized("There is no such name with this password."))
}

/// Whose token came with the request. It is taken before the id of the path is looked at.
struct Member;

impl FromRequestParts<Members> for Member {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, members: &Members) -> Result<Self, Problem> {
        let accounts = members.accounts.as_ref().ok_or_else(no_accounts)?;
        let token = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "));
        token
            .and_then(|token| accounts.name_of(token))
            .map(|_name| Self)
            .ok_or_else(|| Problem::unauthorized("A good token is needed."))
    }
}

async fn read(
    State(members): State<Members>,
    _member: Member,
    Id(id): Id,
) -> Result<Json<Arc<Item>>, Problem> {
    members.catalog.get(id).map(Json).ok_or_else(|| {
        Problem::new(
            StatusCode::NOT_FOUND,
            format!("There is no item with the id {id}."),
        )
    })
}

fn no_accounts() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "This service was started without accounts.",
    )
}
