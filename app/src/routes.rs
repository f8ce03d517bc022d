//! The addresses of a slice, listed once: what is served, what tests walk over.

use crate::App;
use axum::{Router, handler::Handler, http::Method, routing};

/// Addresses of one slice or of the whole application.
#[derive(Default)]
pub struct Routes {
    list: Vec<(Method, &'static str)>,
    router: Router<App>,
}

impl Routes {
    /// A page or a file.
    pub fn get<H: Handler<T, App>, T: 'static>(mut self, path: &'static str, handler: H) -> Routes {
        self.list.push((Method::GET, path));
        self.router = self.router.route(path, routing::get(handler));
        self
    }

    /// An act.
    pub fn post<H: Handler<T, App>, T: 'static>(mut self, path: &'static str, handler: H) -> Routes {
        self.list.push((Method::POST, path));
        self.router = self.router.route(path, routing::post(handler));
        self
    }

    /// The addresses of another slice beside these.
    pub fn and(mut self, other: Routes) -> Routes {
        self.list.extend(other.list);
        self.router = self.router.merge(other.router);
        self
    }

    /// Every method and address.
    #[cfg(test)]
    pub fn list(&self) -> &[(Method, &'static str)] {
        &self.list
    }

    /// What axum serves.
    pub fn into_router(self) -> Router<App> {
        self.router
    }
}
