//! Tells a patient stream when a request has come whole.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{Payload, ServiceRequest, ServiceResponse},
    error::PayloadError,
    middleware::Next,
    web::Bytes,
};
use catalog_service::patience::Incoming;
use futures_util::Stream;

/// Middleware for an app whose connections are patient streams; others pass.
pub async fn watch(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if let Some(incoming) = request.request().conn_data::<Incoming>().cloned() {
        match request.take_payload() {
            Payload::None => incoming.is_whole(),
            payload => {
                let payload = Box::pin(PatientPayload { payload, incoming });
                request.set_payload(Payload::Stream { payload });
            }
        }
    }
    next.call(request).await
}

/// The request is whole when nothing more is read of it.
struct PatientPayload {
    payload: Payload,
    incoming: Incoming,
}

impl Stream for PatientPayload {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.payload).poll_next(context)
    }
}

impl Drop for PatientPayload {
    fn drop(&mut self) {
        self.incoming.is_whole();
    }
}
