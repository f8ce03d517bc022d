//! Signing in and out, passwords, sessions; opening, closing and changing accounts.
//!
//! Who may open which account, and with which document, comes from the `account_rule` rows of the regulation in force at
//! the unit. A unit's account is used by one named operator at a time.

mod actions;
mod forms;
mod handover;
mod limits;
mod manage;
mod model;
mod pages;
mod password;
mod queries;
mod sign_in;
#[cfg(test)]
mod tests;
mod throttle;

pub use model::{Granting, GrantingFile};
pub use password::{hash, issued};
pub use throttle::Throttle;

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get("/dang-nhap", sign_in::show)
        .post("/dang-nhap", sign_in::enter)
        .post("/dang-xuat", sign_in::leave)
        .get("/mat-khau", pages::password)
        .post("/mat-khau", pages::change_password)
        .get("/phien", pages::sessions)
        .post("/phien/ket-thuc", pages::end_sessions)
        .get("/tai-khoan", manage::list)
        .get("/tai-khoan/moi", manage::new)
        .post("/tai-khoan/moi", manage::open)
        .get("/tai-khoan/{id}", manage::show)
        .post("/tai-khoan/{id}/mat-khau", manage::reset_password)
        .post("/tai-khoan/{id}/trang-thai", manage::set_state)
        .post("/tai-khoan/{id}/nguoi-su-dung", manage::name_operator)
        .post("/tai-khoan/{id}/vai-tro", manage::give_role)
        .post("/tai-khoan/{id}/vai-tro/thu-hoi", manage::end_role)
        .post("/tai-khoan/{id}/vai-tro/ban-giao", handover::receive)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<manage::ListPage>(app, visitor);
    crate::page::show_samples::<manage::OpenPage>(app, visitor);
    crate::page::show_samples::<manage::AccountPage>(app, visitor);
    crate::page::show_samples::<sign_in::SignInPage>(app, visitor);
    crate::page::show_samples::<pages::PasswordPage>(app, visitor);
    crate::page::show_samples::<pages::SessionsPage>(app, visitor);
}
