//! A private Postgres: its own data directory, a Unix socket inside it, no port. It ends with the program that started it.
//!
//! Postgres runs under a small shell that waits on a pipe. When this program ends, in whatever way, the pipe closes, and the
//! shell stops Postgres and removes a throw-away directory. Postgres refuses to be root, so a root caller hands it to
//! the user `postgres` (or `nobody`).

use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::scratch;

#[derive(Debug, thiserror::Error)]
pub enum LaunchError {
    #[error(
        "Postgres 14 or newer was not found. Install it and run this again:\n  Debian, Ubuntu:  sudo apt-get install postgresql\n  \
         Fedora:          sudo dnf install postgresql-server postgresql-contrib\n  macOS:           brew install postgresql@16\n\
         or set SIPAS_POSTGRES_BIN to the directory that holds initdb and postgres, or DATABASE_URL to a database that runs already."
    )]
    NotFound,
    #[error("{program} failed:\n{output}")]
    Failed { program: &'static str, output: String },
    #[error("Postgres needs a user other than root to run as, and neither \"postgres\" nor \"nobody\" exists here.")]
    NoUser,
    #[error("Postgres did not answer within a minute; its log is {0}")]
    Silent(PathBuf),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// What becomes of the data when the program ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Full durability; the directory stays and the next start recovers it.
    Data,
    /// Full durability while it runs; the directory goes with the program.
    Nothing,
    /// As `Nothing`, without waiting for the disk: for tests that do not cut the power.
    NothingAndHurry,
}

const PURPOSE: &str = "postgres";

pub struct PrivatePostgres {
    directory: PathBuf,
    binaries: PathBuf,
    shell: Child,
}

const WATCH: &str = r#"
"$1/postgres" -D "$2/data" -k "$2/data" -c listen_addresses= $3 </dev/null >>"$2/log" 2>&1 &
server=$!
cat >/dev/null
# Asked again until it is gone: a signal that comes before Postgres listens for it is lost.
while kill -INT $server 2>/dev/null; do sleep 0.1; done
if [ "$4" = remove ]; then rm -rf "$2"; fi
"#;

impl PrivatePostgres {
    /// Starts Postgres on `directory`, making the cluster first where there is none.
    pub fn start(directory: &Path, keep: Keep) -> Result<Self, LaunchError> {
        let binaries = find_binaries().ok_or(LaunchError::NotFound)?;
        let user = user_instead_of_root()?;
        fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
        if let Some(user) = &user {
            chown(directory, Some(user.uid), Some(user.gid))?;
        }
        let data = directory.join("data");
        if !data.join("PG_VERSION").exists() {
            let _absent = fs::remove_dir_all(&data);
            let made = as_user(user.as_ref(), binaries.join("initdb"))
                .args(["--auth=trust", "--username=sipas", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D"])
                .arg(&data)
                .current_dir("/")
                .output()?;
            if !made.status.success() {
                return Err(LaunchError::Failed {
                    program: "initdb",
                    output: String::from_utf8_lossy(&made.stderr).into_owned(),
                });
            }
        }
        let settings = match keep {
            Keep::Data | Keep::Nothing => "-c max_connections=200 -c shared_buffers=256MB -c max_wal_size=4GB",
            Keep::NothingAndHurry => {
                "-c max_connections=400 -c shared_buffers=256MB -c fsync=off -c full_page_writes=off -c max_wal_size=4GB"
            }
        };
        let shell = as_user(user.as_ref(), "/bin/sh".into())
            .args(["-c", WATCH, "sipas-postgres"])
            .arg(&binaries)
            .arg(directory)
            .arg(settings)
            .arg(if keep == Keep::Data { "keep" } else { "remove" })
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Control-C in the terminal is for us; we then stop Postgres in order.
            .process_group(0)
            .spawn()?;
        let started = Self { directory: directory.to_owned(), binaries, shell };
        started.wait_until_ready()?;
        Ok(started)
    }

    /// A throw-away cluster in the system's temporary directory; leftovers of killed programs are removed first.
    pub fn throw_away(keep: Keep) -> Result<Self, LaunchError> {
        let parent = std::env::temp_dir();
        remove_leftovers(&parent);
        Self::start(&parent.join(scratch::name(PURPOSE)), keep)
    }

    pub fn url(&self, database: &str) -> String {
        let socket = self.data().to_string_lossy().replace('/', "%2F");
        format!("postgres://sipas@{socket}/{database}")
    }

    /// Makes an empty database.
    pub fn create_database(&self, name: &str) -> Result<(), LaunchError> {
        let made = Command::new(self.binaries.join("createdb"))
            .arg("-h")
            .arg(self.data())
            .args(["-U", "sipas", name])
            .output()?;
        if made.status.success() {
            return Ok(());
        }
        Err(LaunchError::Failed { program: "createdb", output: String::from_utf8_lossy(&made.stderr).into_owned() })
    }

    /// The directory with the cluster, its log and its socket.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Where `initdb`, `pgbench` and their like are.
    pub fn binaries(&self) -> &Path {
        &self.binaries
    }

    pub fn data(&self) -> PathBuf {
        self.directory.join("data")
    }

    fn wait_until_ready(&self) -> Result<(), LaunchError> {
        for _ in 0..1_200 {
            let answer =
                Command::new(self.binaries.join("pg_isready")).arg("-q").arg("-h").arg(self.data()).status()?;
            if answer.success() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(LaunchError::Silent(self.directory.join("log")))
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let _ended = self.shell.wait();
    }
}

struct User {
    uid: u32,
    gid: u32,
}

fn number_of(option: &str, user: Option<&str>) -> Option<u32> {
    let output = Command::new("id").arg(option).args(user).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

fn user_instead_of_root() -> Result<Option<User>, LaunchError> {
    if number_of("-u", None) != Some(0) {
        return Ok(None);
    }
    ["postgres", "nobody"]
        .into_iter()
        .find_map(|name| Some(User { uid: number_of("-u", Some(name))?, gid: number_of("-g", Some(name))? }))
        .map(Some)
        .ok_or(LaunchError::NoUser)
}

fn as_user(user: Option<&User>, program: PathBuf) -> Command {
    let mut command = Command::new(program);
    if let Some(user) = user {
        command.uid(user.uid).gid(user.gid).env("HOME", "/");
    }
    command
}

/// `SIPAS_POSTGRES_BIN`, then the `PATH`, then where Debian, Fedora and Homebrew put it, newest first.
fn find_binaries() -> Option<PathBuf> {
    let told = std::env::var_os("SIPAS_POSTGRES_BIN").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let usual = ["/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt"].into_iter().flat_map(|parent| {
        let mut versions: Vec<PathBuf> =
            fs::read_dir(parent).into_iter().flatten().flatten().map(|entry| entry.path().join("bin")).collect();
        versions.sort_by_key(|path| std::cmp::Reverse(version_in(path)));
        versions
    });
    told.into_iter()
        .chain(std::env::split_paths(&path).collect::<Vec<_>>())
        .chain(usual)
        .chain([PathBuf::from("/usr/bin")])
        // A directory on the path may hold links to some of the programs only: what they point to holds all.
        .filter_map(|directory| Some(fs::canonicalize(directory.join("initdb")).ok()?.parent()?.to_owned()))
        .find(|directory| PROGRAMS.iter().all(|program| directory.join(program).exists()))
}

const PROGRAMS: [&str; 4] = ["initdb", "postgres", "pg_isready", "createdb"];

fn version_in(path: &Path) -> u32 {
    let digits: String = path.to_string_lossy().chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

/// Directories whose program no longer runs: their shell was killed too, so nobody else will remove them.
fn remove_leftovers(parent: &Path) {
    for left in scratch::leftovers(parent, PURPOSE) {
        let postmaster = fs::read_to_string(left.join("data/postmaster.pid")).ok();
        let server = postmaster.as_deref().and_then(|text| text.lines().next());
        if !server.is_some_and(scratch::runs) {
            let _busy = fs::remove_dir_all(left);
        }
    }
}
