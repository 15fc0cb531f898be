//! Pagination: lists that are fetched page by page.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::Response;
use crate::{Error, ErrorKind};

/// The maximum number of pages without items in a row. Without it, a faulty server could make a client request pages
/// forever.
const EMPTY_PAGES: usize = 100;

/// A page and the address of the next one.
type Page<T> = (Response<Vec<T>>, Option<String>);
type Fetching<T> = Pin<Box<dyn Future<Output = Result<Page<T>, Error>> + Send>>;
type Fetch<T> = Box<dyn FnMut(Option<String>) -> Fetching<T> + Send>;

/// A stream of the items on all pages of a list.
///
/// `Pages` implements [`Stream`]. [`next_item`](Self::next_item) works without a crate for streams.
///
/// Each page is fetched when its first item is needed, by a separate call. The time limits and retries of a call apply
/// to each page separately. The stream ends after the last item, or after an error. [`next_page`](Self::next_page) returns whole
/// pages, with their headers.
#[must_use = "a stream does nothing until it is read"]
pub struct Pages<T> {
    fetch: Fetch<T>,
    state: State<T>,
    items: VecDeque<T>,
    /// The response whose items these are, until `next_page` has returned it.
    page: Option<Response<()>>,
    /// The addresses of earlier pages: a link back to one of them would never end.
    seen: BTreeSet<String>,
    /// The number of pages without items since the last item.
    empty: usize,
    limit: Option<usize>,
}

enum State<T> {
    First,
    Next(String),
    Fetching(Fetching<T>),
    /// An error to report after the items that were fetched before it.
    Failed(Error),
    Done,
}

impl<T> Pages<T> {
    pub(crate) fn new(fetch: impl FnMut(Option<String>) -> Fetching<T> + Send + 'static) -> Self {
        let (items, seen) = (VecDeque::new(), BTreeSet::new());
        Self { fetch: Box::new(fetch), state: State::First, items, page: None, seen, empty: 0, limit: None }
    }

    /// Sets the maximum number of items. Pages after the last item are not fetched. Default: no limit.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Returns the next item, and fetches the next page if necessary. Returns `None` after the last item.
    ///
    /// # Errors
    ///
    /// - Returns any [`ErrorKind`] if the page cannot be fetched.
    /// - Returns [`ErrorKind::Decode`] if the address of the next page is on a different server than the first page, or
    ///   is the address of an earlier page, or if 100 pages in a row contain no items.
    pub async fn next_item(&mut self) -> Result<Option<T>, Error>
    where
        T: Unpin,
    {
        std::future::poll_fn(|context| self.poll_item(context)).await.transpose()
    }

    /// Returns the next page with its status and headers, and fetches it if necessary. Returns `None` after the last page.
    ///
    /// If [`next_item`](Self::next_item) has returned some of a page's items, this returns the rest of them first. The items of
    /// all pages together are not more than the [`limit`](Self::limit).
    ///
    /// # Errors
    ///
    /// Returns the errors of [`next_item`](Self::next_item).
    pub async fn next_page(&mut self) -> Result<Option<Response<Vec<T>>>, Error> {
        std::future::poll_fn(|context| self.poll_page(context)).await.transpose()
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if self.limit == Some(0) {
                return Poll::Ready(None);
            }
            if let Some(item) = self.items.pop_front() {
                self.limit = self.limit.map(|limit| limit - 1);
                return Poll::Ready(Some(Ok(item)));
            }
            if let Err(end) = ready!(self.poll_fetch(context)) {
                return Poll::Ready(end.map(Err));
            }
        }
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<Vec<T>>, Error>>> {
        if self.limit == Some(0) {
            return Poll::Ready(None);
        }
        if self.items.is_empty()
            && let Err(end) = ready!(self.poll_fetch(context))
        {
            return Poll::Ready(end.map(Err));
        }
        let count = self.limit.map_or(self.items.len(), |limit| limit.min(self.items.len()));
        self.limit = self.limit.map(|limit| limit - count);
        let items = self.items.drain(..count).collect();
        Poll::Ready(self.page.take().map(|page| Ok(page.with_body(items))))
    }

    /// Fetches the next page. Returns an error instead, or `None` after the last page.
    fn poll_fetch(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Option<Error>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(Err(None)),
                State::Failed(error) => return Poll::Ready(Err(Some(error))),
                State::First => self.state = State::Fetching((self.fetch)(None)),
                State::Next(address) => self.state = State::Fetching((self.fetch)(Some(address))),
                State::Fetching(mut fetching) => {
                    let Poll::Ready(page) = fetching.as_mut().poll(context) else {
                        self.state = State::Fetching(fetching);
                        return Poll::Pending;
                    };
                    return Poll::Ready(page.map(|page| self.take(page)).map_err(Some));
                }
            }
        }
    }

    fn take(&mut self, (page, next): Page<T>) {
        let (page, items) = page.into_parts();
        self.empty = if items.is_empty() { self.empty + 1 } else { 0 };
        (self.page, self.items) = (Some(page), items.into());
        if let Some(address) = next.filter(|address| !address.is_empty()) {
            let failed = |why: String| State::Failed(Error::new(ErrorKind::Decode, why));
            self.state = if self.empty == EMPTY_PAGES {
                failed(format!("{EMPTY_PAGES} pages in a row contain no items"))
            } else if self.seen.insert(address.clone()) {
                State::Next(address)
            } else {
                failed("a page names an earlier page as the next one".to_owned())
            };
        }
    }
}

impl<T: Unpin> Stream for Pages<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(ready!(self.poll_item(context)))
    }
}

/// Leaves out the items.
impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("limit", &self.limit).finish_non_exhaustive()
    }
}
