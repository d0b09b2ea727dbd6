// Calls of the GNU C library that Swift's Glibc module leaves out, as their manual pages declare them.
#pragma once

#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <sys/vfs.h>
#include <unistd.h>

// renameat2(2): RENAME_EXCHANGE swaps two paths in one step.
enum { LINUX_RENAME_EXCHANGE = 1 << 1 };
int renameat2(int old_directory, const char *old_path, int new_directory, const char *new_path, unsigned int flags);

// pipe2(2)
int pipe2(int ends[2], int flags);

// posix_spawn_file_actions_addchdir_np(3): the directory in which the program starts.
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);

// posix_spawn_file_actions_addclosefrom_np(3): of the descriptors from this one on, the program inherits none.
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

// sync_file_range(2): SYNC_FILE_RANGE_WRITE starts writing what is not on the disk yet, and does not wait.
enum { LINUX_SYNC_FILE_RANGE_WRITE = 2 };
int sync_file_range(int file, long long offset, long long count, unsigned int flags);

// pidfd_open(2): a descriptor that can be read from once the process has ended.
int pidfd_open(pid_t process, unsigned int flags);

// memfd_create(2): a file in memory, which can be sealed by fcntl(2).
enum { LINUX_MFD_CLOEXEC = 1, LINUX_MFD_ALLOW_SEALING = 2 };
enum { LINUX_F_ADD_SEALS = 1033 };
enum { LINUX_F_SEAL_SEAL = 1, LINUX_F_SEAL_SHRINK = 2, LINUX_F_SEAL_GROW = 4, LINUX_F_SEAL_WRITE = 8 };
int memfd_create(const char *name, unsigned int flags);

// landlock(7): what a thread, and whatever it starts, may do with files. Not every system has a header with all of it;
// the numbers are those of every architecture.
enum {
  LINUX_LANDLOCK_WRITE_FILE = 1 << 1,
  LINUX_LANDLOCK_REMOVE_DIR = 1 << 4,
  LINUX_LANDLOCK_REMOVE_FILE = 1 << 5,
  LINUX_LANDLOCK_MAKE_ANY = 0x7f << 6,
  LINUX_LANDLOCK_REFER = 1 << 13,
  LINUX_LANDLOCK_TRUNCATE = 1 << 14,
};
enum { LINUX_O_PATH = 010000000 };
struct linux_landlock_path {
  uint64_t allowed;
  int32_t directory;
} __attribute__((packed));

// The version of the kernel's Landlock, or -1.
static inline int linux_landlock_version(void) { return (int)syscall(444, NULL, (size_t)0, 1U); }

// A set of rules about these rights, as a descriptor.
static inline int linux_landlock_create(uint64_t handled) {
  return (int)syscall(444, &handled, sizeof handled, 0U);
}

// These rights beneath what a descriptor is of.
static inline int linux_landlock_allow(int rules, uint64_t allowed, int directory) {
  struct linux_landlock_path path = {allowed, directory};
  return (int)syscall(445, rules, 1, &path, 0U);
}

// From now on the calling thread, and whatever it starts, is held to the rules, and gets no more rights by a program.
static inline int linux_landlock_restrict(int rules) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  return (int)syscall(446, rules, 0U);
}
