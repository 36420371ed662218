//! A PostgreSQL server of a test's own, with the tables of the contract.

use std::{
    env, fs,
    net::TcpListener,
    os::unix::{fs::chown, process::CommandExt},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};

const TABLES: &str = "
create table items (id bigint primary key, name text not null, price_cents integer not null, stock integer not null check (stock >= 0));
create table orders (id bigint generated always as identity primary key, customer text not null, total_cents bigint not null, created_at timestamptz not null default now());
create table order_lines (order_id bigint not null references orders, line_number integer not null, item_id bigint not null references items, quantity integer not null, price_cents integer not null, primary key (order_id, line_number));
insert into items select id, 'item ' || id, id * 10, 1000 from generate_series(1, 100) id;";

/// Items 1 to 100 are in it, 1000 of each, at ten times their id in cents.
pub struct Server {
    pub url: String,
    programs: PathBuf,
    folder: TempDir,
    port: u16,
    unprivileged: Option<(u32, u32)>,
    running: Option<Child>,
}

impl Server {
    /// None where there is no PostgreSQL.
    pub async fn start() -> Option<Self> {
        let programs = programs()?;
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .unwrap()
            .port();
        let folder = tempfile::tempdir().unwrap();
        let unprivileged = unprivileged();
        if let Some((user, group)) = unprivileged {
            chown(folder.path(), Some(user), Some(group)).unwrap();
        }
        let mut server = Self {
            url: format!("postgresql://tester:secret@127.0.0.1:{port}/postgres"),
            programs,
            folder,
            port,
            unprivileged,
            running: None,
        };
        let status = server
            .command("initdb")
            .args(["--username=tester", "--auth=trust", "--no-sync"])
            .args(["--locale=C", "--encoding=UTF8"])
            .status()
            .unwrap();
        assert!(status.success(), "initdb: {status}");
        server.run().await;
        server.connect().await.batch_execute(TABLES).await.unwrap();
        Some(server)
    }

    /// Starts the server, for the first time or after a stop, and waits until it answers.
    pub async fn run(&mut self) {
        let port = self.port.to_string();
        let child = self
            .command("postgres")
            .args(["-p", &port, "-c", "listen_addresses=127.0.0.1"])
            .args(["-c", "unix_socket_directories=", "-c", "fsync=off"])
            .args(["-c", "max_connections=40"])
            .spawn()
            .unwrap();
        self.running = Some(child);
        for _ in 0..600 {
            if tokio_postgres::connect(&self.url, NoTls).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the server does not answer");
    }

    /// Stops the server and ends its connections.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.running.take() {
            // PostgreSQL's fast shutdown.
            let id = child.id().to_string();
            Command::new("kill").args(["-INT", &id]).status().unwrap();
            child.wait().unwrap();
        }
    }

    pub async fn execute(&self, sql: &str) {
        self.connect().await.batch_execute(sql).await.unwrap();
    }

    /// What a query for one bigint finds.
    pub async fn number(&self, sql: &str) -> i64 {
        self.connect()
            .await
            .query_one(sql, &[])
            .await
            .unwrap()
            .get(0)
    }

    async fn connect(&self) -> Client {
        let (client, connection) = tokio_postgres::connect(&self.url, NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command
            .arg("-D")
            .arg(self.folder.path())
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if let Some((user, group)) = self.unprivileged {
            command.uid(user).gid(group);
        }
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Where PostgreSQL's programs are; Debian keeps them out of the PATH.
fn programs() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    env::split_paths(&path)
        .chain(debian.flatten().map(|version| version.path().join("bin")))
        .find(|folder| folder.join("initdb").exists())
}

/// The user and group nobody, if this is root, as whom initdb refuses to run.
fn unprivileged() -> Option<(u32, u32)> {
    let own = fs::metadata("/proc/self").ok()?;
    if std::os::unix::fs::MetadataExt::uid(&own) != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").ok()?;
    let nobody = users.lines().find(|line| line.starts_with("nobody:"))?;
    let mut ids = nobody.split(':').skip(2).map(str::parse);
    Some((ids.next()?.ok()?, ids.next()?.ok()?))
}
