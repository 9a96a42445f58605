//! One build at a time for one site. The lock is the kernel's and ends with the process that holds it,
//! however it ends; the file beside the site only names that process, and stays: to remove it would let
//! two builds lock two files of one name.

use std::fs::File;
use std::fs::TryLockError;
use std::io::{self, ErrorKind, Read, Write};

use rustix::fs::{Mode, OFlags, openat};

use super::guard::Target;
use super::trouble::{failed, trouble};

/// The lock, held until it is dropped.
pub(super) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // To close the file is not enough: a process that another thread is just starting holds it too,
        // until it becomes its own program. An error changes nothing: the end of the process frees it.
        let _ = self.0.unlock();
    }
}

/// Takes the lock, or says who holds it.
pub(super) fn hold(target: &Target) -> io::Result<Lock> {
    let name = target.beside(".lock");
    let path = target.path_of(&name);
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mut file =
        openat(&target.parent, &name, flags, Mode::from_raw_mode(0o644)).map(File::from).map_err(
            |error| failed(["không mở được tệp khóa", "cannot open the lock"], &path, error),
        )?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(held(target, &file)),
        Err(TryLockError::Error(error)) => {
            return Err(failed(["không khóa được", "cannot lock"], &path, error));
        }
    }
    file.set_len(0)
        .and_then(|()| file.write_all(format!("{}\n", std::process::id()).as_bytes()))
        .map_err(|error| failed(["không ghi được tệp khóa", "cannot write the lock"], &path, error))?;
    Ok(Lock(file))
}

fn held(target: &Target, file: &File) -> io::Error {
    let mut text = String::new();
    // Whatever cannot be read is not named; the refusal stands all the same.
    let read = file.take(20).read_to_string(&mut text);
    let holder = match text.trim().parse::<u32>() {
        Ok(process) if read.is_ok() => {
            [format!("tiến trình {process}"), format!("process {process}")]
        }
        _ => ["một tiến trình khác".to_owned(), "another process".to_owned()],
    };
    let (path, [vietnamese, english]) = (target.path(), holder);
    let path = path.display();
    trouble(
        ErrorKind::WouldBlock,
        [
            format!("{vietnamese} đang đăng trang vào `{path}`; chờ nó xong rồi thử lại"),
            format!(
                "{english} is publishing to `{path}` at this moment; wait for its end and try again"
            ),
        ],
    )
}
