//! Settings: by flag, then environment, then file, then default.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use store::Target;
use web::BackupPlan;

use crate::{
    cli::{self, At, Keeping, Listen},
    failure::Failure,
    key,
};

const LISTEN: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);
const BACKUP_HOURS: u64 = 24;
const BACKUPS_KEPT: u64 = 14;
const FILE_BYTES_MAX: u64 = 64 << 10;

/// What a TOML file can say. An unknown word is refused: it would be ignored in silence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    data: Option<PathBuf>,
    database: Option<String>,
    files: Option<String>,
    listen: Option<SocketAddr>,
    secure: Option<bool>,
    behind_proxy: Option<bool>,
    key_file: Option<PathBuf>,
    metrics: Option<SocketAddr>,
    backup_folder: Option<PathBuf>,
    backup_hours: Option<u64>,
    backup_keep: Option<u64>,
    passphrase_file: Option<PathBuf>,
    otlp_endpoint: Option<String>,
    slow_ms: Option<u64>,
    public_url: Option<String>,
    mail_server: Option<String>,
    mail_from: Option<String>,
    private_targets: Option<bool>,
    api_calls_a_minute: Option<u32>,
}

impl Settings {
    /// Reads the file, if one is named.
    pub fn read(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else {
            return Ok(Self::default());
        };
        let shown = path.display();
        let size = fs::metadata(path)
            .map_err(|e| Failure(format!("{shown}: {e}")))?
            .len();
        if size > FILE_BYTES_MAX {
            return Err(Failure(format!(
                "{shown}: {size} bytes are too many for settings"
            )));
        }
        let text = fs::read_to_string(path).map_err(|e| Failure(format!("{shown}: {e}")))?;
        toml::from_str(&text).map_err(|e| Failure(format!("{shown}: {}", e.message())))
    }

    /// Where the data lives.
    pub fn target(&self, at: &At) -> Result<Target, Failure> {
        if let Some(folder) = &at.data {
            return Ok(Target::Folder(folder.clone()));
        }
        if let Some(url) = &at.database {
            return Ok(Target::parse_url(url)?);
        }
        match (&self.data, &self.database) {
            (Some(_), Some(_)) => Err(Failure(
                "the settings name both data and database; keep one".to_owned(),
            )),
            (Some(folder), None) => Ok(Target::Folder(folder.clone())),
            (None, Some(url)) => Ok(Target::parse_url(url)?),
            (None, None) => Err(Failure(
                "say where the data lives: --data DIR or --database postgres://…".to_owned(),
            )),
        }
    }

    /// Where photos and files lie: the place named, or else a folder beside the embedded database.
    ///
    /// # Errors
    /// When the place cannot be one.
    pub fn files(&self, at: &At) -> Result<Option<String>, Failure> {
        let named = at.files.as_ref().or(self.files.as_ref());
        let place = match (named, self.target(at)?) {
            (Some(place), _) => Some(place.clone()),
            (None, Target::Folder(folder)) => Some(folder.join("files").display().to_string()),
            (None, Target::Postgres(_)) => None,
        };
        if let Some(place) = &place {
            files::check_address(place).map_err(|reason| Failure(format!("files: {reason}")))?;
        }
        Ok(place)
    }

    /// The same, opened.
    ///
    /// # Errors
    /// When the place cannot be one.
    pub fn place(&self, at: &At) -> Result<Option<files::Place>, Failure> {
        let place = self.files(at)?.map(|place| files::Place::parse(&place));
        place.transpose().map_err(Failure)
    }

    /// The key that seals secrets: of the named file, or of one beside the embedded database.
    fn key(&self, at: &At, listen: &Listen) -> Result<Option<web::Key>, Failure> {
        let named = listen.key_file.as_ref().or(self.key_file.as_ref());
        match (named, self.target(at)?) {
            (Some(file), _) => key::read(file, false).map(Some),
            (None, Target::Folder(folder)) => key::read(&folder.join("secret.key"), true).map(Some),
            (None, Target::Postgres(_)) => Ok(None),
        }
    }

    /// The address to listen on.
    pub fn address(&self, listen: &Listen) -> SocketAddr {
        listen.listen.or(self.listen).unwrap_or(LISTEN)
    }

    /// The address for metrics, if there is one.
    pub fn metrics(&self, listen: &Listen) -> Option<SocketAddr> {
        listen.metrics.or(self.metrics)
    }

    /// The collector that traces go to, where one is named.
    ///
    /// # Errors
    /// When its address cannot be one.
    pub fn collector(&self, listen: &Listen) -> Result<Option<traces::Collector>, Failure> {
        let named = listen
            .otlp_endpoint
            .as_ref()
            .or(self.otlp_endpoint.as_ref());
        crate::log::collector(named.map(String::as_str))
    }

    /// What the edge needs to know.
    ///
    /// # Errors
    /// When an address of the outside cannot be one.
    pub fn edge(&self, at: &At, listen: &Listen) -> Result<web::Config, Failure> {
        let mut outside = self.outside(&listen.outside)?;
        outside.files = self.files(at)?;
        Ok(web::Config {
            secure: listen.secure || self.secure.unwrap_or(false),
            behind_proxy: listen.behind_proxy || self.behind_proxy.unwrap_or(false),
            key: self.key(at, listen)?,
            outside,
            data: match self.target(at)? {
                Target::Folder(folder) => Some(folder),
                Target::Postgres(_) => None,
            },
            backups: self.backups(at, &listen.keeping)?,
            slow_milliseconds: listen.slow_ms.or(self.slow_ms),
            api_calls_a_minute: listen.api_calls_a_minute.or(self.api_calls_a_minute),
            traces_dropped: None,
        })
    }

    /// The file of the passphrase that seals backups, if there is one.
    pub fn passphrase_file(&self, named: Option<&Path>) -> Option<PathBuf> {
        named.map(Path::to_owned).or(self.passphrase_file.clone())
    }

    fn backups(&self, at: &At, keeping: &Keeping) -> Result<Option<BackupPlan>, Failure> {
        let folder = keeping.backup_folder.clone().or(self.backup_folder.clone());
        let Some(folder) = folder else {
            return Ok(None);
        };
        if let Target::Postgres(_) = self.target(at)? {
            return Err(Failure(
                "backup_folder: backups by plan are for a data folder; let pg_dump back a \
                 PostgreSQL database up"
                    .to_owned(),
            ));
        }
        let passphrase_file = self.passphrase_file(keeping.passphrase_file.as_deref());
        if let Some(file) = &passphrase_file {
            operation::backup::passphrase(file)?;
        }
        let hours = keeping.backup_hours.or(self.backup_hours);
        let keep = keeping.backup_keep.or(self.backup_keep);
        Ok(Some(BackupPlan {
            folder,
            every_hours: hours.unwrap_or(BACKUP_HOURS).max(1),
            keep: usize::try_from(keep.unwrap_or(BACKUPS_KEPT)).unwrap_or(usize::MAX),
            passphrase_file,
        }))
    }

    fn outside(&self, flags: &cli::Outside) -> Result<web::Outside, Failure> {
        let public_url = flags.public_url.as_ref().or(self.public_url.as_ref());
        let public_url = public_url.map_or("", |url| url.trim_end_matches('/'));
        if !(public_url.is_empty()
            || public_url.starts_with("https://")
            || public_url.starts_with("http://"))
        {
            return Err(Failure(format!(
                "public_url {public_url:?} must begin with https:// or http://"
            )));
        }
        let outside = web::Outside {
            public_url: public_url.to_owned(),
            mail_server: flags.mail_server.clone().or(self.mail_server.clone()),
            mail_from: flags.mail_from.clone().or(self.mail_from.clone()),
            private_targets: flags.private_targets || self.private_targets.unwrap_or(false),
            files: None,
        };
        messages::check_mail(&outside)
            .map_err(|reason| Failure(format!("mail_server or mail_from: {reason}")))?;
        Ok(outside)
    }
}
