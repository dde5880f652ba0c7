//! Starting the program, and giving it a place to work.

use std::{
    env, fs,
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use store::{Db, Target};

const STEWARD: &str = env!("CARGO_BIN_EXE_steward");
static PLACES: AtomicU32 = AtomicU32::new(0);

/// Where a business of a test lives; it is cleared away afterwards.
pub enum Place {
    /// A folder.
    Folder(PathBuf),
    /// A schema of the server for tests: the address with the schema, and its name.
    Schema(String, String),
}

impl Place {
    /// A new folder.
    pub fn folder() -> Self {
        let number = PLACES.fetch_add(1, Ordering::SeqCst);
        let name = format!("steward_app_{}_{number}", std::process::id());
        let folder = env::temp_dir().join(name);
        fs::create_dir_all(&folder).expect("a temporary folder is made");
        Self::Folder(folder)
    }

    /// A new schema, where there is a server for tests.
    pub fn schema() -> Option<Self> {
        let Ok(url) = env::var("STEWARD_TEST_POSTGRES") else {
            eprintln!("STEWARD_TEST_POSTGRES is not set: not run on PostgreSQL");
            return None;
        };
        let number = PLACES.fetch_add(1, Ordering::SeqCst);
        let name = format!("app_{}_{number}", std::process::id());
        let server = Target::Postgres(url.clone());
        Db::administer(&server, &format!("create schema {name}")).expect("the server answers");
        let joiner = if url.contains('?') { '&' } else { '?' };
        let url = format!("{url}{joiner}options=-csearch_path%3D{name}");
        Some(Self::Schema(url, name))
    }

    /// Runs a test in a folder and, where there is a server, in a schema.
    pub fn each(test: impl Fn(&Self)) {
        test(&Self::folder());
        if let Some(schema) = Self::schema() {
            test(&schema);
        }
    }

    /// The flags that name it.
    pub fn flags(&self) -> [String; 2] {
        match self {
            Self::Folder(folder) => ["--data".to_owned(), folder.display().to_string()],
            Self::Schema(url, _) => ["--database".to_owned(), url.clone()],
        }
    }

    /// The same place for the store.
    pub fn target(&self) -> Target {
        match self {
            Self::Folder(folder) => Target::Folder(folder.clone()),
            Self::Schema(url, _) => Target::Postgres(url.clone()),
        }
    }

    /// Runs the program here.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        let flags = self.flags();
        let mut all = arguments.to_vec();
        all.extend(flags.iter().map(String::as_str));
        run(&all, "")
    }

    /// Sets up the business Lotus, whose owner is `liu.yan`.
    pub fn found(&self) {
        let flags = self.flags();
        let init = [
            "init", "--name", "Lotus", "--owner", "Liu Yan", "--login", "liu.yan",
        ];
        let mut all = init.to_vec();
        all.extend(["--language", "en"]);
        all.extend(flags.iter().map(String::as_str));
        let ended = run(&all, PASSWORD);
        assert!(ended.ok, "{}", ended.err);
    }

    /// Serves it on a free port.
    pub fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    /// Serves it with more flags.
    pub fn serve_with(&self, more: &[&str]) -> Server {
        let flags = self.flags();
        let mut all = vec!["serve", "--listen", "127.0.0.1:0", "--behind-proxy"];
        all.extend(flags.iter().map(String::as_str));
        all.extend(more);
        Server::start(&all)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // What cannot be cleared away harms nothing; the next run uses new names.
        match self {
            Self::Folder(folder) => {
                let _ = fs::remove_dir_all(folder);
            }
            Self::Schema(_, name) => {
                if let Ok(url) = env::var("STEWARD_TEST_POSTGRES") {
                    let server = Target::Postgres(url);
                    let _ = Db::administer(&server, &format!("drop schema {name} cascade"));
                }
            }
        }
    }
}

/// The owner's password.
pub const PASSWORD: &str = "tea-house-lotus";

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    /// Whether it says that all went well.
    pub ok: bool,
    /// What it printed.
    pub out: String,
    /// What it complained about.
    pub err: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            ok: output.status.success(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(STEWARD);
    command.args(arguments);
    for (name, _) in env::vars().filter(|(name, _)| name.starts_with("STEWARD_")) {
        command.env_remove(name);
    }
    command.env("STEWARD_LOG", "warn");
    command
}

/// Runs the program with something on its standard input.
pub fn run(arguments: &[&str], input: &str) -> Ended {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("the input is piped");
    // A program that ends before it reads is fine.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("the program ends").into()
}

/// The program, serving.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Starts it and waits until it says where it listens.
    pub fn start(arguments: &[&str]) -> Self {
        Self::spawned(command(arguments))
    }

    /// Starts it with its log, in JSON and with everything, in a file.
    pub fn start_logged(arguments: &[&str], log: &Path) -> Self {
        let mut command = command(arguments);
        let file = fs::File::create(log).expect("the log is made");
        command.env("STEWARD_LOG", "debug").stderr(file);
        command.env("STEWARD_LOG_FORMAT", "json");
        Self::spawned(command)
    }

    fn spawned(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let out = child.stdout.take().expect("the output is piped");
        let mut line = String::new();
        BufReader::new(out)
            .read_line(&mut line)
            .expect("the program prints");
        let address = line.trim().strip_prefix("address: http://");
        let address = address.and_then(|address| address.parse().ok());
        let Some(address) = address else {
            let _ = child.kill();
            panic!("no address in {line:?}");
        };
        Self { child, address }
    }

    /// What the system calls the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().expect("the program is running");
        self.child.wait().expect("the program ends");
    }

    /// Asks it to stop; says whether it ended well within ten seconds.
    pub fn terminate(mut self) -> bool {
        let id = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status();
        assert!(told.expect("kill is there").success());
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10) {
            if let Some(status) = self.child.try_wait().expect("the program can be asked") {
                return status.success();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
