//! The command line.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};
use kernel::{Date, Timestamp};

/// Run a service business: design, offer, serve.
#[derive(Debug, Parser)]
#[command(name = "steward", version, about, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// A TOML file with the settings that flags and environment leave open.
    #[arg(long, global = true, value_name = "FILE", env = "STEWARD_CONFIG")]
    pub config: Option<PathBuf>,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the demonstration business Lotus, building it first where there is none.
    Demo(Demo),
    /// Serve a business.
    Serve(Serve),
    /// Set up a business: organisation, owner, first site, a sample service.
    Init(Init),
    /// Let people in: add users, list them, make links to set a password.
    User(User),
    /// Let programs in: make a token. Tokens are listed and revoked under Settings.
    Token(Token),
    /// Take in services, staff, customers, orders or a history from a file.
    Import(Import),
    /// Write the journal as a log for other programs: ocel, xes or csv.
    Export(Export),
    /// Bring the database up to date and say what was done.
    Migrate(At),
    /// Back a data folder up into one file, while it is served.
    Backup(Backup),
    /// Unpack a backup into a new folder, and check it.
    Restore(Restore),
    /// Restore a backup into a place that is gone afterwards, and check it there.
    Drill(Drill),
    /// Check the journal's chain and every rule of the data; name the first break.
    Verify(At),
    /// Make what customers are found by anew, should `verify` say that it is stale.
    Reindex(At),
    /// Analyse files: processes, waits, customer value, demand, search.
    Lab(Lab),
    /// Print the version.
    Version,
}

/// Where the data lives.
#[derive(Debug, Clone, Default, Args)]
pub struct At {
    /// A folder with an embedded database.
    #[arg(
        long,
        value_name = "DIR",
        env = "STEWARD_DATA",
        conflicts_with = "database"
    )]
    pub data: Option<PathBuf>,
    /// A PostgreSQL database: postgres://user:password@host/name.
    #[arg(long, value_name = "URL", env = "STEWARD_DATABASE")]
    pub database: Option<String>,
    /// Where photos and files lie: a folder, or s3+https://KEY:SECRET@HOST/BUCKET?region=…
    /// [default: the folder `files` beside the embedded database]
    #[arg(long, value_name = "PLACE", env = "STEWARD_FILES")]
    pub files: Option<String>,
}

/// How to listen.
#[derive(Debug, Clone, Default, Args)]
pub struct Listen {
    /// The address to listen on; port 0 takes a free one. [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR", env = "STEWARD_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// Browsers come by https (through a proxy): send cookies over nothing else.
    #[arg(long, env = "STEWARD_SECURE")]
    pub secure: bool,
    /// Believe the proxy in front about the visitor's address (X-Forwarded-For).
    #[arg(long, env = "STEWARD_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// The file with the key that seals second factors: 64 hexadecimal digits. [default: made as
    /// secret.key in the data folder; on a database none]
    #[arg(long, value_name = "FILE", env = "STEWARD_KEY_FILE")]
    pub key_file: Option<PathBuf>,
    /// A second address for metrics alone, for the own network. [default: no metrics]
    #[arg(long, value_name = "ADDR", env = "STEWARD_METRICS")]
    pub metrics: Option<SocketAddr>,
    /// Where traces of requests go: a collector of OpenTelemetry that takes OTLP over HTTP, such as
    /// http://127.0.0.1:4318. [default: OTEL_EXPORTER_OTLP_ENDPOINT; else no traces]
    #[arg(long, value_name = "URL", env = "STEWARD_OTLP_ENDPOINT")]
    pub otlp_endpoint: Option<String>,
    /// Name a command in the log that took at least so many milliseconds. [default: 500]
    #[arg(long, value_name = "MS", env = "STEWARD_SLOW_MS")]
    pub slow_ms: Option<u64>,
    /// Calls a minute that the programs of one account may make. [default: 300000]
    #[arg(long, value_name = "CALLS", env = "STEWARD_API_CALLS_A_MINUTE")]
    pub api_calls_a_minute: Option<u32>,
    /// How backups are kept.
    #[command(flatten)]
    pub keeping: Keeping,
    /// How it reaches others.
    #[command(flatten)]
    pub outside: Outside,
}

/// Backups by plan.
#[derive(Debug, Clone, Default, Args)]
pub struct Keeping {
    /// Back the data folder up into this folder, again and again. [default: no backups by plan]
    #[arg(long, value_name = "DIR", env = "STEWARD_BACKUP_FOLDER")]
    pub backup_folder: Option<PathBuf>,
    /// Hours between two backups. [default: 24]
    #[arg(long, value_name = "HOURS", env = "STEWARD_BACKUP_HOURS",
        value_parser = clap::value_parser!(u64).range(1..=8760))]
    pub backup_hours: Option<u64>,
    /// How many backups are kept. [default: 14]
    #[arg(long, value_name = "COUNT", env = "STEWARD_BACKUP_KEEP",
        value_parser = clap::value_parser!(u64).range(1..=10_000))]
    pub backup_keep: Option<u64>,
    /// The file whose first line is the passphrase that seals them. [default: not sealed]
    #[arg(long, value_name = "FILE", env = "STEWARD_PASSPHRASE_FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// How customers reach the program, and it them.
#[derive(Debug, Clone, Default, Args)]
pub struct Outside {
    /// The address of customers' links. [default: the address it listens on]
    #[arg(long, value_name = "URL", env = "STEWARD_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// The server that takes mail: smtp://user:password@host:587?tls=required, smtps://…, or a
    /// folder to write it to, file:DIR. [default: no mail]
    #[arg(long, value_name = "URL", env = "STEWARD_MAIL_SERVER")]
    pub mail_server: Option<String>,
    /// The address mail comes from.
    #[arg(long, value_name = "ADDRESS", env = "STEWARD_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Let gateways be inside the own network.
    #[arg(long, env = "STEWARD_PRIVATE_TARGETS")]
    pub private_targets: bool,
}

/// `steward demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// The folder for the demonstration's data. [default: steward-demo]
    #[arg(long, value_name = "DIR", env = "STEWARD_DEMO_DATA")]
    pub data: Option<PathBuf>,
    /// Build it on a PostgreSQL database instead.
    #[arg(long, value_name = "URL", conflicts_with = "data")]
    pub database: Option<String>,
    /// Let the business live at this moment, and run on from there.
    #[arg(long, value_name = "RFC3339", env = "STEWARD_CLOCK")]
    pub clock: Option<Timestamp>,
    /// How many days of past to build.
    #[arg(long, value_name = "DAYS", default_value_t = 182,
        value_parser = clap::value_parser!(i64).range(0..=1500))]
    pub past_days: i64,
    /// Build the business and stop, without serving it.
    #[arg(long)]
    pub build_only: bool,
    /// How to listen.
    #[command(flatten)]
    pub listen: Listen,
}

/// `steward serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where the data lives.
    #[command(flatten)]
    pub at: At,
    /// How to listen.
    #[command(flatten)]
    pub listen: Listen,
}

/// `steward init`.
#[derive(Debug, Args)]
pub struct Init {
    /// Where the data shall live.
    #[command(flatten)]
    pub at: At,
    /// The name of the business.
    #[arg(long)]
    pub name: String,
    /// The name of the first site. [default: the name of the business]
    #[arg(long)]
    pub site: Option<String>,
    /// The owner's name.
    #[arg(long)]
    pub owner: String,
    /// What the owner types to sign in.
    #[arg(long)]
    pub login: String,
    /// The time zone of the site.
    #[arg(long, default_value = "Asia/Shanghai")]
    pub zone: String,
    /// The currency of the site.
    #[arg(long, default_value = "CNY")]
    pub currency: String,
    /// The owner's language: zh-CN or en.
    #[arg(long, default_value = "zh-CN")]
    pub language: String,
}

/// `steward lab`.
#[derive(Debug, Args)]
pub struct Lab {
    /// What to analyse.
    #[command(subcommand)]
    pub action: lab::Command,
}

/// `steward user`.
#[derive(Debug, Args)]
pub struct User {
    /// What to do.
    #[command(subcommand)]
    pub action: UserAction,
}

/// What can be done about users.
#[derive(Debug, Subcommand)]
pub enum UserAction {
    /// Let somebody in; prints a link to set a password, which works once.
    Add {
        /// Where the data lives.
        #[command(flatten)]
        at: At,
        /// What they type to sign in.
        #[arg(long)]
        login: String,
        /// What they are called.
        #[arg(long)]
        name: String,
        /// owner, manager, desk, staff, support or read_only.
        #[arg(long)]
        role: String,
        /// The business, where there are several.
        #[arg(long, value_name = "SLUG")]
        organisation: Option<String>,
    },
    /// List who may sign in.
    List {
        /// Where the data lives.
        #[command(flatten)]
        at: At,
        /// The business, where there are several.
        #[arg(long, value_name = "SLUG")]
        organisation: Option<String>,
    },
    /// Print a new link to set a password; it works once.
    Link {
        /// Where the data lives.
        #[command(flatten)]
        at: At,
        /// What they type to sign in.
        #[arg(long)]
        login: String,
        /// The business, where there are several.
        #[arg(long, value_name = "SLUG")]
        organisation: Option<String>,
    },
}

/// `steward token`.
#[derive(Debug, Args)]
pub struct Token {
    /// What to do.
    #[command(subcommand)]
    pub action: TokenAction,
}

/// What can be done about tokens.
#[derive(Debug, Subcommand)]
pub enum TokenAction {
    /// Make a token that acts for a user within its scopes; prints it, once.
    Create {
        /// Where the data lives.
        #[command(flatten)]
        at: At,
        /// Permissions, with commas between: orders.view,orders.take. The word all names each.
        #[arg(long, value_name = "SCOPES", value_delimiter = ',', required = true)]
        scope: Vec<String>,
        /// The user it acts for. [default: the first owner]
        #[arg(long)]
        login: Option<String>,
        /// What it is for.
        #[arg(long, default_value = "command line")]
        name: String,
        /// The business, where there are several.
        #[arg(long, value_name = "SLUG")]
        organisation: Option<String>,
    },
}

/// `steward import`.
#[derive(Debug, Args)]
pub struct Import {
    /// services, staff, customers, orders or history.
    pub what: String,
    /// A CSV (UTF-8, UTF-16 or GBK; may be .gz) or XLSX file; for history also XES (may be .gz).
    pub file: PathBuf,
    /// Where the data lives.
    #[command(flatten)]
    pub at: At,
    /// Look and count, change nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// The site that rows without one belong to.
    #[arg(long, value_name = "SLUG")]
    pub site: Option<String>,
    /// The business, where there are several.
    #[arg(long, value_name = "SLUG")]
    pub organisation: Option<String>,
}

/// `steward backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// The file to write; it must not be there.
    pub file: PathBuf,
    /// Where the data lives.
    #[command(flatten)]
    pub at: At,
    /// The file whose first line is the passphrase that seals it. [default: not sealed]
    #[arg(long, value_name = "FILE", env = "STEWARD_PASSPHRASE_FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// `steward restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup.
    pub file: PathBuf,
    /// The new folder.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// The file whose first line is the passphrase it was sealed with.
    #[arg(long, value_name = "FILE", env = "STEWARD_PASSPHRASE_FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// `steward drill`.
#[derive(Debug, Args)]
pub struct Drill {
    /// The backup.
    pub file: PathBuf,
    /// The folder to do it in. [default: the system's for temporary files]
    #[arg(long, value_name = "DIR")]
    pub within: Option<PathBuf>,
    /// The file whose first line is the passphrase it was sealed with.
    #[arg(long, value_name = "FILE", env = "STEWARD_PASSPHRASE_FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// `steward export`.
#[derive(Debug, Args)]
pub struct Export {
    /// ocel (every object; .json or .sqlite), xes or csv (order by order).
    pub what: String,
    /// The file to write; it must not be there yet.
    pub file: PathBuf,
    /// Where the data lives.
    #[command(flatten)]
    pub at: At,
    /// Only from this day on, by the clocks of the site.
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// Only up to this day, itself included.
    #[arg(long, value_name = "DATE")]
    pub to: Option<Date>,
    /// Only what happened at this site.
    #[arg(long, value_name = "SLUG")]
    pub site: Option<String>,
    /// The business, where there are several.
    #[arg(long, value_name = "SLUG")]
    pub organisation: Option<String>,
}
