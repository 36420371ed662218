//! An end to patience with requests that come in part, and with clients that take nothing of a
//! response. The frameworks have a limit for heads, which runs while a connection is idle too, and
//! none for bodies in either direction.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep, sleep_until},
};

/// How long a request may take to come whole, from its first byte on.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a response may wait for its client to take any of it. An event of a stream comes every
/// second, so that no more than a minute of them is kept for a client that takes none.
const WRITE_TIMEOUT: Duration = Duration::from_secs(60);

/// Whether a part of a request has come and the rest of it has not.
#[derive(Debug, Clone, Default)]
pub struct Incoming(Arc<AtomicBool>);

impl Incoming {
    fn begins(&self) -> bool {
        !self.0.swap(true, Ordering::Relaxed)
    }

    /// Nothing more is to be read of the request.
    pub fn is_whole(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    fn lasts(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A stream that fails to be read once a request has been incoming for too long, and to be written
/// once its client has taken nothing for too long.
pub struct PatientStream<S> {
    stream: S,
    incoming: Incoming,
    deadline: Instant,
    /// Made when a read has first to wait for the rest of a request.
    sleep: Option<Pin<Box<Sleep>>>,
    /// Made when a write has to wait, and dropped when it need no longer.
    write_sleep: Option<Pin<Box<Sleep>>>,
}

impl<S> PatientStream<S> {
    /// Whoever reads the requests tells `incoming` when one is whole.
    pub fn new(stream: S, incoming: Incoming) -> Self {
        Self {
            stream,
            incoming,
            deadline: Instant::now(),
            sleep: None,
            write_sleep: None,
        }
    }

    pub fn incoming(&self) -> &Incoming {
        &self.incoming
    }

    fn end_of_write(
        &mut self,
        context: &mut Context<'_>,
        result: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if result.is_ready() {
            self.write_sleep = None;
            return result;
        }
        self.write_sleep
            .get_or_insert_with(|| Box::pin(sleep(WRITE_TIMEOUT)))
            .as_mut()
            .poll(context)
            .map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for PatientStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let result = Pin::new(&mut self.stream).poll_read(context, buffer);
        if result.is_ready() {
            if buffer.filled().len() > before && self.incoming.begins() {
                self.deadline = Instant::now() + REQUEST_TIMEOUT;
            }
            return result;
        }
        if !self.incoming.lasts() {
            return Poll::Pending;
        }
        let deadline = self.deadline;
        let sleep = self
            .sleep
            .get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        // One that was made for an earlier request ends too soon, and goes on then: who reads until
        // nothing is left waits here once a request, and this sets a timer once in ten seconds.
        while sleep.as_mut().poll(context).is_ready() {
            if sleep.deadline() >= deadline {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            sleep.as_mut().reset(deadline);
        }
        Poll::Pending
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for PatientStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.end_of_write(context, result)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.end_of_write(context, result)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
