//! A small province under one regulation, with a few people and an account for whoever a test needs.
//!
//! On SQLite in a folder of its own; on PostgreSQL, in a schema of its own that is left behind, when `HOSO_SITE=postgres`
//! and `HOSO_TEST_POSTGRES` says where (a cluster made for the tests). Everything goes through the front door: addresses, forms, cookies.

use crate::{App, accounts, all_routes, config::Config, server};
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt;
use jiff::Timestamp;
use std::{
    process::Command,
    sync::Arc,
    sync::LazyLock,
    sync::atomic::{AtomicU32, Ordering},
};
use tower::ServiceExt;
use vault::{Basis, Permission, Read, Value};

/// The day on which every test takes place, unless it says otherwise: 19 November 2026, 08:42 in Vietnam. `HOSO_TODAY=2028-02-29`
/// chooses another, so that what only holds today is found.
pub fn today() -> Timestamp {
    static TODAY: LazyLock<Timestamp> = LazyLock::new(|| {
        let day = std::env::var("HOSO_TODAY").unwrap_or_else(|_| "2026-11-19".into());
        format!("{day}T01:42:00Z").parse().expect("HOSO_TODAY is a day")
    });
    *TODAY
}

/// The same day as people read it, so many days later or earlier.
pub fn day(later: i64) -> String {
    use jiff::ToSpan;
    crate::form::show_day(crate::day_of(today()).checked_add(later.days()).unwrap())
}

/// The password of every account of a site.
pub const PASSWORD: &str = "cờ đỏ sao vàng 2026";

static HASH: LazyLock<String> = LazyLock::new(|| accounts::hash(PASSWORD).unwrap());
static LAW: LazyLock<Arc<law::Law>> = LazyLock::new(|| Arc::new(law::Law::load(&law::DataSource::Embedded).unwrap()));
static SITES: AtomicU32 = AtomicU32::new(0);

/// The province.
pub struct Site {
    pub app: App,
    pub router: Router,
    pub regulation: &'static str,
    /// Top of the tree; the regulation holds from here down.
    pub province: i64,
    /// Sở Nội vụ.
    pub home_affairs: i64,
    /// Sở Y tế, level 2.
    pub health: i64,
    /// A hospital below it, level 1.
    pub hospital: i64,
    /// Sở Tài chính, the sibling of Sở Y tế.
    pub finance: i64,
    /// Works at the hospital.
    pub mai: i64,
    /// Works at Sở Tài chính.
    pub an: i64,
    _folder: tempfile::TempDir,
}

/// Permissions of the command line, with which a site is built.
macro_rules! console {
    ($($name:ident = $code:literal),+) => { $(pub struct $name; impl Permission for $name { const CODE: &'static str = $code; })+ };
}
console! { Build = "create_record", Tree = "manage_unit_tree", Keys = "manage_accounts" }

impl Site {
    /// A province under the regulation of Yên Bái.
    pub async fn yen_bai() -> Site {
        Site::under("yen-bai-2020").await
    }

    /// A province under one of the regulations.
    pub async fn under(regulation: &'static str) -> Site {
        Site::at(regulation, today).await
    }

    /// A province whose clock is the test's own.
    pub async fn at(regulation: &'static str, clock: vault::Clock) -> Site {
        Site::new(regulation, LAW.clone(), clock).await
    }

    /// What an archive of an older program holds, brought into the schema of its time, which is then brought up to date.
    pub async fn upgraded(regulation: &'static str, schema: i32, archive: &std::path::Path, passphrase: &str) -> Site {
        // The upgrade comes after what is in the archive was made.
        let mut site = Site::over(url(), regulation, LAW.clone(), || today() + jiff::SignedDuration::from_hours(24));
        let db = site.app.db.clone();
        db.migrate_until(schema).await.unwrap();
        db.restore(archive, &vault::Lock::Passphrase(passphrase.into()), |_| {}).await.unwrap();
        db.migrate().await.unwrap();
        let console = db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap();
        let grant = console.may::<Build>().unwrap();
        let mut reader = db.read(&grant);
        let hospital = "SELECT u.id FROM units u WHERE u.name = 'Bệnh viện Đa khoa'";
        site.hospital = reader.one(hospital, &[]).await.unwrap().int("id").unwrap();
        let person = "SELECT r.dossier_id AS id FROM {roster} r WHERE r.unit_id = $1";
        site.mai = reader.one(person, &[site.hospital.into()]).await.unwrap().int("id").unwrap();
        site
    }

    /// A province under the law of a folder.
    pub async fn with_law(regulation: &'static str, law: law::Law) -> Site {
        Site::new(regulation, Arc::new(law), today).await
    }

    /// The same with code lists that no other test adds to.
    pub async fn apart(regulation: &'static str) -> Site {
        Site::new(regulation, Arc::new(law::Law::clone(&LAW)), today).await
    }

    /// A server whose PostgreSQL does not answer; nothing is in it.
    pub async fn away() -> Site {
        Site::over("postgres://nobody@127.0.0.1:1/none".into(), "yen-bai-2020", LAW.clone(), today)
    }

    async fn new(regulation: &'static str, law: Arc<law::Law>, clock: vault::Clock) -> Site {
        let mut site = Site::over(url(), regulation, law, clock);
        site.app.db.migrate().await.unwrap();
        site.build().await;
        site
    }

    /// The application over a database, or over SQLite in a folder of its own.
    fn over(url: String, regulation: &'static str, law: Arc<law::Law>, clock: vault::Clock) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let config = Config { data: folder.path().to_owned(), postgres: url, readers: 2, ..Config::defaults() };
        let settings = vault::Settings {
            url: config.database(),
            node: 1,
            chains: 1,
            readers: 2,
            clock,
            law: law.clone(),
            patience: vault::Patience::default(),
            files: folder.path().join("files"),
            keys: folder.path().join("keys"),
        };
        let db = vault::Db::open(settings).unwrap();
        let grantings: accounts::GrantingFile = law::DataSource::Embedded.parse("access.toml").unwrap();
        let app = App::new(db, law, grantings.granting, config, clock);
        let router = server::router(app.clone(), all_routes());
        Site { app, router, regulation, province: 0, home_affairs: 0, health: 0, hospital: 0, finance: 0, mai: 0, an: 0, _folder: folder }
    }

    async fn build(&mut self) {
        let db = self.app.db.clone();
        let root = db.found("goc", "Quản trị hệ thống", Some(&HASH)).await.unwrap();
        let console = db.console_viewer(root).await.unwrap();
        let mut change = db.change(&console.may::<Tree>().unwrap(), "unit.found").await.unwrap();
        let mut unit = async |parent: Option<i64>, name: &str, kind: &str, level: Option<i64>, section: bool| {
            let founded: jiff::civil::Date = "2010-01-01".parse().unwrap();
            let set: [(&'static str, Value); 6] = [
                ("parent_id", parent.into()),
                ("name", name.into()),
                ("type_code", kind.into()),
                ("level_rank", level.into()),
                ("kind_is_section", section.into()),
                ("founded_on", founded.into()),
            ];
            change.insert("units", &set).await.unwrap()
        };
        self.province = unit(None, "Tỉnh Mẫu", "ubnd_tinh", Some(3), false).await;
        self.home_affairs = unit(Some(self.province), "Sở Nội vụ", "so", Some(3), false).await;
        self.health = unit(Some(self.province), "Sở Y tế", "so", Some(2), false).await;
        self.hospital = unit(Some(self.health), "Bệnh viện Đa khoa", "dvsn_so", Some(1), false).await;
        self.finance = unit(Some(self.province), "Sở Tài chính", "so", Some(2), false).await;
        let from: jiff::civil::Date = "2014-07-01".parse().unwrap();
        change
            .insert(
                "unit_regulations",
                &[("unit_id", self.province.into()), ("regulation_code", self.regulation.into()), ("from_on", from.into())],
            )
            .await
            .unwrap();
        change.commit().await.unwrap();
        self.mai = self.person(self.hospital, "Lò Thị Mai", "2", "1990-02-28", "015190000001").await;
        self.an = self.person(self.finance, "Nguyễn Đức An", "1", "1985-03-14", "015085000002").await;
    }

    /// Opens a dossier with little in it: gender `1` male, `2` female; the birth date as it is stored.
    pub async fn person(&self, unit: i64, name: &str, gender: &str, born: &str, number: &str) -> i64 {
        self.person_on("2C-2008", unit, (name, gender, born, number)).await
    }

    /// A woman in whose dossier nothing is missing: no section belongs to its form.
    pub async fn complete_person(&self, unit: i64, name: &str, born: &str, number: &str) -> i64 {
        self.person_on("PBS", unit, (name, "2", born, number)).await
    }

    /// Measures a dossier by another form from now on.
    pub async fn measure_by(&self, dossier: i64, form: &str) {
        let db = &self.app.db;
        let console = db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap();
        let mut change = db.change(&console.may::<Build>().unwrap(), "dossier.form").await.unwrap();
        let row = change.one("SELECT d.id, d.version FROM {dossiers} d WHERE d.id = $1", &[dossier.into()]).await.unwrap();
        change.rests_on(Basis::Correction("dữ liệu kiểm thử".into()));
        change.update("dossiers", row.seen().unwrap(), &[("form", form.into())]).await.unwrap();
        change.commit().await.unwrap();
    }

    async fn person_on(&self, form: &str, unit: i64, (name, gender, born, number): (&str, &str, &str, &str)) -> i64 {
        let db = &self.app.db;
        let console = db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap();
        let mut change = db.change(&console.may::<Build>().unwrap(), "dossier.open").await.unwrap();
        change.rests_on(Basis::Correction("dữ liệu kiểm thử".into()));
        let text = |column: &str, value: &str| (column.to_owned(), Value::from(value));
        let identity = vec![text("full_name", name), text("gender", gender), text("birth_date", born), text("personal_id_number", number)];
        let header = vec![text("personnel_type", "vien_chuc"), text("dossier_status", "working")];
        let id = change.open_dossier(unit, form, vec![("identity".into(), identity), ("dossier_header".into(), header)]).await.unwrap();
        change.commit().await.unwrap();
        id
    }

    /// An account with one role at a unit, and its login; a person's account needs the dossier.
    pub async fn account(&self, role: &str, unit: i64, dossier: Option<i64>) -> String {
        let db = &self.app.db;
        let console = db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap();
        let mut change = db.change(&console.may::<Keys>().unwrap(), "account.open").await.unwrap();
        let login = format!("{}-{}", role.replace('_', "-"), SITES.fetch_add(1, Ordering::Relaxed));
        let set: [(&'static str, Value); 10] = [
            ("login", login.as_str().into()),
            ("name", "Tài khoản kiểm thử".into()),
            ("kind", "personal".into()),
            ("unit_id", unit.into()),
            ("dossier_id", dossier.into()),
            ("password_hash", HASH.as_str().into()),
            ("must_change_password", false.into()),
            ("failed_count", 0.into()),
            ("state", "active".into()),
            ("created_at", today().into()),
        ];
        let account = change.insert("accounts", &set).await.unwrap();
        change
            .insert("account_roles", &[("account_id", account.into()), ("role_code", role.into()), ("unit_id", unit.into())])
            .await
            .unwrap();
        change.commit().await.unwrap();
        login
    }

    /// The account with a login.
    pub async fn db_account(&self, login: &str) -> i64 {
        let db = &self.app.db;
        let console = db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap();
        let sql = "SELECT a.id FROM {accounts} a WHERE a.login = $1";
        db.read(&console.may::<Keys>().unwrap()).one(sql, &[login.into()]).await.unwrap().int("id").unwrap()
    }

    /// The path of a unit.
    pub async fn path(&self, unit: i64) -> String {
        let db = &self.app.db;
        let console = db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap();
        let sql = "SELECT u.path FROM units u WHERE u.id = $1";
        db.read(&console.may::<Keys>().unwrap()).one(sql, &[unit.into()]).await.unwrap().text("path").unwrap()
    }

    /// A browser in which nobody is signed in.
    pub fn stranger(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: Vec::new() }
    }

    /// A browser in which an account has signed in through the door.
    pub async fn sign_in(&self, login: &str) -> Browser {
        let mut browser = self.stranger();
        let page = browser.submit("/dang-nhap", &[("login", login), ("password", PASSWORD)]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{login} could not sign in: {}", page.body);
        browser
    }

    /// A browser in which a fresh account of this role at this unit has signed in.
    pub async fn sign_in_as(&self, role: &str, unit: i64) -> Browser {
        let login = self.account(role, unit, None).await;
        self.sign_in(&login).await
    }
}

/// Where a site of its own is: a schema on PostgreSQL, or nothing for SQLite.
fn url() -> String {
    match schema() {
        Some((url, name)) => format!("{url}?options=-c%20search_path%3D{name},public"),
        None => String::new(),
    }
}

fn schema() -> Option<(String, String)> {
    if std::env::var("HOSO_SITE").as_deref() != Ok("postgres") {
        return None;
    }
    let url = std::env::var("HOSO_TEST_POSTGRES").expect("HOSO_SITE=postgres needs HOSO_TEST_POSTGRES");
    let name = format!("site_{}_{}", std::process::id(), SITES.fetch_add(1, Ordering::Relaxed));
    psql(&url, &format!("CREATE SCHEMA {name}"));
    Some((url, name))
}

fn psql(url: &str, sql: &str) {
    let done = Command::new("psql").args([url, "-q", "-v", "ON_ERROR_STOP=1", "-c", sql]).output().expect("psql runs");
    if !done.status.success() && !std::thread::panicking() {
        panic!("{}", String::from_utf8_lossy(&done.stderr));
    }
}

/// Somebody at a browser.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookies: Vec<(String, String)>,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub body: String,
    pub bytes: Vec<u8>,
    pub headers: axum::http::HeaderMap,
}

impl Browser {
    /// Opens an address.
    pub async fn open(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(fields).unwrap();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(body)).unwrap();
        self.send(request).await
    }

    /// Says for what a dossier is opened that this visitor only looks at.
    pub async fn state_purpose(&mut self, dossier: i64) {
        let answer = self.submit(&format!("/ho-so/{dossier}/muc-dich"), &[("purpose", "Kiểm tra việc quản lý hồ sơ")]).await;
        answer.is(303);
    }

    /// Sends a form with a file in it.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], name: &str, file: (&str, &[u8])) -> Answer {
        let edge = "----hoso-test-edge";
        let mut body = Vec::new();
        for (field, value) in fields {
            body.extend(format!("--{edge}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes());
        }
        body.extend(format!("--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{}\"\r\n\r\n", file.0).bytes());
        body.extend(file.1);
        body.extend(format!("\r\n--{edge}--\r\n").bytes());
        let kind = format!("multipart/form-data; boundary={edge}");
        self.send(Request::post(path).header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap()).await
    }

    /// Follows the address an act answered with.
    pub async fn follow(&mut self, answer: &Answer) -> Answer {
        let to = answer.location().expect("the answer leads somewhere").to_owned();
        self.open(&to).await
    }

    /// Sends a request as this browser would.
    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let headers = request.headers_mut();
        headers.insert(header::HOST, "hoso.test".parse().unwrap());
        headers.entry(header::ORIGIN).or_insert("http://hoso.test".parse().unwrap());
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        headers.insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let (name, value) = line.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(kept, _)| kept != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, body: String::from_utf8_lossy(&bytes).into_owned(), bytes, headers: parts.headers }
    }
}

impl Answer {
    /// Where it leads.
    pub fn location(&self) -> Option<&str> {
        self.headers.get(header::LOCATION)?.to_str().ok()
    }

    /// Insists that the page shows these words.
    #[track_caller]
    pub fn sees(&self, words: &str) -> &Answer {
        assert!(self.body.contains(words), "{} does not show “{words}”:\n{}", self.status, self.body);
        self
    }

    /// Insists that the page does not show these words.
    #[track_caller]
    pub fn misses(&self, words: &str) -> &Answer {
        assert!(!self.body.contains(words), "{} shows “{words}”", self.status);
        self
    }

    /// Insists on a status.
    #[track_caller]
    pub fn is(&self, status: u16) -> &Answer {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }

    /// Insists on a summary of at least so many problems, each leading to its field, in the order of the form.
    #[track_caller]
    pub fn summary_follows_the_form(&self, least: usize) -> &Answer {
        let note = self.body.split_once("id=\"loi\"").expect("the page has a summary of problems").1.split_once("</ul>").unwrap().0;
        let targets: Vec<&str> = note.split("href=\"#").skip(1).map(|rest| rest.split_once('"').unwrap().0).collect();
        let place = |target: &&str| {
            let at = self.body.find(&format!(" id=\"{target}\""));
            at.unwrap_or_else(|| panic!("the summary leads to {target}, which is not on the page"))
        };
        let places: Vec<usize> = targets.iter().map(place).collect();
        assert!(targets.len() >= least && places.is_sorted(), "{targets:?}");
        self
    }
}
