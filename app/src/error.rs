//! The five ways in which a request ends otherwise than hoped, one sentence each.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// What can go wrong. Problems of a form are not errors but the page again.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in.
    #[error("Phiên đăng nhập đã kết thúc")]
    SignedOut,
    /// Signed in, without the permission.
    #[error("Tài khoản này không được phân quyền cho việc đó")]
    Forbidden,
    /// No such thing, or outside the area: the two look alike.
    #[error("Không tìm thấy, hoặc nằm ngoài phạm vi được giao")]
    NotFound,
    /// The state of things does not allow it; the sentence says why.
    #[error("{0}")]
    Conflict(String),
    /// A command or a request asks for something that cannot be; the sentence says what to do.
    #[error("{0}")]
    Refused(String),
    /// The database cannot be reached, or took too long; the sentence says which.
    #[error("{0}")]
    Away(&'static str),
    /// Something broke inside.
    #[error("Máy chủ gặp trục trặc")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Seconds after which a browser may ask again when the database was away.
const RETRY: &str = "10";
const AWAY: &str = "Cơ sở dữ liệu tạm thời không trả lời. Chờ ít phút rồi thử lại; việc vừa gửi chưa được ghi";
const SLOW: &str = "Yêu cầu mất quá nhiều thời gian nên đã dừng. Thu hẹp điều kiện rồi thử lại";

/// The result of everything in the application.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What the error page shows; a layer around the router turns it into HTML.
#[derive(Clone, Debug)]
pub struct Mishap {
    /// The sentence.
    pub sentence: String,
    /// Number under which the log has the details, where something broke.
    pub incident: Option<String>,
}

impl From<vault::Error> for Error {
    fn from(error: vault::Error) -> Error {
        match error {
            vault::Error::NotFound => Error::NotFound,
            vault::Error::Conflict { .. } => Error::Conflict("Mục này vừa được người khác sửa. Mở lại để xem nội dung mới".into()),
            vault::Error::Taken(what) => Error::Conflict(taken(&what)),
            other if other.is_away() => {
                tracing::error!(error = ?other, "the database cannot be reached");
                Error::Away(AWAY)
            }
            other if other.is_slow() => {
                tracing::error!(error = ?other, "a text took too long");
                Error::Away(SLOW)
            }
            other => Error::Broken(Box::new(other)),
        }
    }
}

fn taken(what: &str) -> String {
    match what {
        "roster.personal_id_number" => "Số định danh cá nhân này đã có ở một hồ sơ đang hoạt động khác".into(),
        "accounts.login" => "Tên đăng nhập này đã có. Chọn tên khác".into(),
        "units.identifier" => "Mã định danh này đang là của đơn vị khác".into(),
        _ => "Giá trị này đã có ở nơi khác".into(),
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Error {
        Error::Broken(Box::new(error))
    }
}

impl Error {
    /// Something broke inside, in words for the log.
    pub fn broken(words: impl Into<String>) -> Error {
        Error::Broken(words.into().into())
    }

    fn status(&self) -> StatusCode {
        match self {
            Error::SignedOut => StatusCode::SEE_OTHER,
            Error::Forbidden => StatusCode::FORBIDDEN,
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Conflict(_) => StatusCode::CONFLICT,
            Error::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Away(_) => StatusCode::SERVICE_UNAVAILABLE,
            Error::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Error::SignedOut = self {
            return (StatusCode::SEE_OTHER, [("location", "/dang-nhap"), ("hx-redirect", "/dang-nhap")]).into_response();
        }
        let incident = match &self {
            Error::Broken(source) => {
                let number = format!("{:06X}", rand::random::<u32>() >> 8);
                tracing::error!(incident = number, error = ?source, "a request broke");
                Some(number)
            }
            Error::SignedOut | Error::Forbidden | Error::NotFound | Error::Conflict(_) | Error::Refused(_) | Error::Away(_) => None,
        };
        let mut response = (self.status(), self.to_string()).into_response();
        if let Error::Away(_) = self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY));
        }
        response.extensions_mut().insert(Mishap { sentence: self.to_string(), incident });
        response
    }
}
