//! Tells a patient stream when a request has come whole, of requests that hyper reads.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use hyper::body::{Body, Bytes, Frame, SizeHint};

use crate::patience::Incoming;

/// A body that tells when nothing more is read of it.
pub struct PatientBody<B> {
    body: B,
    incoming: Incoming,
}

impl<B: Body> PatientBody<B> {
    /// The body of a request whose head is there. The request is whole when nothing more is read of
    /// it.
    pub fn new(body: B, incoming: Incoming) -> Self {
        if body.is_end_stream() {
            incoming.is_whole();
        }
        Self { body, incoming }
    }
}

impl<B: Body<Data = Bytes> + Unpin> Body for PatientBody<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl<B> Drop for PatientBody<B> {
    fn drop(&mut self) {
        self.incoming.is_whole();
    }
}
