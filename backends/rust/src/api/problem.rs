//! Problems as responses of axum.

use axum::{
    Json,
    http::{
        StatusCode,
        header::{CONTENT_TYPE, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};

use crate::problem::{CHALLENGE, CONTENT_TYPE as PROBLEM, Problem};

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let content_type = [(CONTENT_TYPE, PROBLEM)];
        if status == StatusCode::UNAUTHORIZED {
            let challenge = [(WWW_AUTHENTICATE, CHALLENGE)];
            return (status, content_type, challenge, Json(self.body())).into_response();
        }
        (status, content_type, Json(self.body())).into_response()
    }
}
