//! A PostgreSQL server of a test's own, to be felled.

use std::{
    env, fs, net::TcpListener, os::unix::fs::PermissionsExt, path::PathBuf, process::Command,
};

use crate::crash::scratch;

/// A server on the loopback interface; gone with the value.
pub struct Cluster {
    folder: PathBuf,
    bin: PathBuf,
    port: u16,
    is_root: bool,
}

impl Cluster {
    /// Starts one, where tests run on PostgreSQL at all and its programs are installed.
    pub fn start() -> Option<Self> {
        if env::var_os("STEWARD_TEST_POSTGRES").is_none() {
            eprintln!("STEWARD_TEST_POSTGRES is not set: not run on PostgreSQL");
            return None;
        }
        let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
        let bins = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
        let bin = bins.filter(|bin| bin.join("initdb").exists()).max()?;
        let folder = scratch("cluster");
        let told = Command::new("id").arg("-u").output().expect("id is there");
        let is_root = told.stdout == b"0\n";
        let free = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = free.local_addr().expect("it has an address").port();
        let cluster = Self {
            folder,
            bin,
            port,
            is_root,
        };
        drop(free);
        fs::set_permissions(&cluster.folder, fs::Permissions::from_mode(0o777))
            .expect("the folder is ours");
        let data = cluster.data();
        cluster.call(
            "initdb",
            &[
                "-D",
                &data,
                "-U",
                "steward",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
            ],
        );
        cluster.rise();
        Some(cluster)
    }

    fn data(&self) -> String {
        self.folder.join("data").display().to_string()
    }

    /// PostgreSQL refuses to be run by root.
    fn call(&self, program: &str, arguments: &[&str]) {
        let program = self.bin.join(program);
        let mut command = match self.is_root {
            true => {
                let mut command = Command::new("runuser");
                command.args(["-u", "postgres", "--"]).arg(program);
                command
            }
            false => Command::new(program),
        };
        let log = fs::File::create(self.folder.join("calls")).expect("the log is made");
        command.args(arguments).current_dir("/").stdout(log);
        let status = command.status().expect("the program is there");
        assert!(status.success(), "{arguments:?}");
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("postgres://steward@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it.
    pub fn rise(&self) {
        let folder = self.folder.display();
        let how = format!(
            "-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories={folder}",
            self.port
        );
        let log = self.folder.join("log").display().to_string();
        self.call(
            "pg_ctl",
            &[
                "-s",
                "-w",
                "-D",
                &self.data(),
                "-l",
                &log,
                "-o",
                &how,
                "start",
            ],
        );
    }

    /// Ends it at once, as a power cut would.
    pub fn fall(&mut self) {
        self.call(
            "pg_ctl",
            &["-s", "-w", "-D", &self.data(), "-m", "immediate", "stop"],
        );
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.fall();
        // What cannot be cleared away harms nothing; the next run uses new names.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
