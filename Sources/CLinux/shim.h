// Calls of the GNU C library that Swift's Glibc module leaves out, as their manual pages declare them.
#pragma once

#include <spawn.h>
#include <sys/timex.h>
#include <sys/vfs.h>

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
