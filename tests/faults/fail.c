// Runs a program and lets a chosen call to the system fail, as a disk would let it.
//
//   fail HOW FROM ERROR EXCHANGE START REPORT PROGRAM [ARGUMENT]...
//
// HOW       `once`: the call with the number FROM fails; `after`: it and all that follow;
//           `short`: every write takes half of its bytes; `threads`: no thread can be started.
// FROM      a number from 1; 0 lets nothing fail.
// ERROR     the number of the error. Those of a disk that takes nothing more (ENOSPC, EDQUOT, EROFS) meet only
//           calls that change something, and only those are counted then.
// EXCHANGE  `no`: the file system cannot exchange two names (EINVAL), as NFS cannot.
// START     a path: calls are counted from its first opening, so that what the loader of programs does is not.
// REPORT    a file that is told how many calls were counted and how many failed.
//
// The kernel asks this process about each call (seccomp user notification); so threads share one count, and a
// program that does without the C library is met too. What is said to the terminal is left alone.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef RENAME_EXCHANGE
#define RENAME_EXCHANGE 2
#endif

enum { READS = 1, CHANGES = 2, STARTS = 3 };

static const struct { int number, kind; } CALLS[] = {
    {SYS_openat, READS}, {SYS_read, READS}, {SYS_pread64, READS}, {SYS_readv, READS},
    {SYS_statx, READS}, {SYS_newfstatat, READS}, {SYS_fstat, READS}, {SYS_getdents64, READS},
    {SYS_flock, READS}, {SYS_write, CHANGES}, {SYS_writev, CHANGES}, {SYS_mkdirat, CHANGES},
    {SYS_linkat, CHANGES}, {SYS_renameat2, CHANGES}, {SYS_unlinkat, CHANGES}, {SYS_fsync, CHANGES},
    {SYS_fdatasync, CHANGES}, {SYS_syncfs, CHANGES}, {SYS_fchmod, CHANGES}, {SYS_fchmodat, CHANGES},
    {SYS_ftruncate, CHANGES}, {SYS_clone, STARTS}, {SYS_clone3, STARTS},
#ifdef SYS_openat2
    {SYS_openat2, READS},
#endif
#ifdef SYS_fchmodat2
    {SYS_fchmodat2, CHANGES},
#endif
#ifdef SYS_renameat
    {SYS_renameat, CHANGES},
#endif
#ifdef SYS_open
    {SYS_open, READS}, {SYS_stat, READS}, {SYS_lstat, READS}, {SYS_mkdir, CHANGES}, {SYS_rename, CHANGES},
    {SYS_unlink, CHANGES}, {SYS_rmdir, CHANGES}, {SYS_link, CHANGES}, {SYS_chmod, CHANGES},
#endif
};
enum { N_CALLS = sizeof CALLS / sizeof *CALLS };

static void check(int done, const char *what) {
    if (!done) {
        perror(what);
        exit(120);
    }
}

static int filter(void) {
    struct sock_filter code[N_CALLS + 3];
    code[0] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (int at = 0; at < N_CALLS; at++)
        code[at + 1] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, CALLS[at].number, N_CALLS - at, 0);
    code[N_CALLS + 1] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    code[N_CALLS + 2] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
    struct sock_fprog program = {N_CALLS + 3, code};
    check(!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no new privileges");
    int listener = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
    check(0 <= listener, "seccomp");
    return listener;
}

static int kind_of(const struct seccomp_notif *call) {
    int kind = 0;
    for (int at = 0; at < N_CALLS; at++)
        if (CALLS[at].number == call->data.nr) kind = CALLS[at].kind;
    if (call->data.nr == SYS_openat && call->data.args[2] & (O_CREAT | O_WRONLY | O_RDWR)) kind = CHANGES;
    int writes = call->data.nr == SYS_write || call->data.nr == SYS_writev;
    return writes && call->data.args[0] <= 2 ? 0 : kind;
}

static void copy_from(int process, uint64_t place, void *bytes, size_t size) {
    struct iovec here = {bytes, size}, there = {(void *)place, size};
    if (process_vm_readv(process, &here, 1, &there, 1, 0) < 0) memset(bytes, 0, size);
}

static int opens(const struct seccomp_notif *call, const char *start) {
    char path[4096] = "";
    size_t length = strlen(start) + 1;
    if (call->data.nr != SYS_openat || sizeof path < length) return 0;
    copy_from(call->pid, call->data.args[1], path, length);
    return !memcmp(path, start, length);
}

// Writes half of the bytes in the place of the program; how many, or -1 where it may do so itself.
static long write_half(int process_fd, const struct seccomp_notif *call) {
    size_t size = call->data.args[2] / 2;
    if (call->data.nr != SYS_write || !size) return -1;
    char *bytes = malloc(size);
    copy_from(call->pid, call->data.args[1], bytes, size);
    int file = syscall(SYS_pidfd_getfd, process_fd, (int)call->data.args[0], 0);
    check(0 <= file, "the file that is written");
    long written = write(file, bytes, size);
    close(file);
    free(bytes);
    return written;
}

int main(int count, char **words) {
    check(8 <= count, "too few arguments");
    const char *how = words[1], *start = words[5];
    long from = atol(words[2]), counted = 0, failed = 0;
    int error = atoi(words[3]), exchange = !strcmp(words[4], "yes"), started = 0;
    int changes_only = error == ENOSPC || error == EDQUOT || error == EROFS;
    volatile int *told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t child = fork();
    check(0 <= child, "fork");
    if (!child) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        *told = filter() + 1;
        // The listener closes with the start of the program; by then it must have been taken.
        while (*told) usleep(50);
        execv(words[7], words + 7);
        _exit(121);
    }
    while (!*told && !waitpid(child, NULL, WNOHANG)) usleep(50);
    int process_fd = syscall(SYS_pidfd_open, child, 0);
    int listener = syscall(SYS_pidfd_getfd, process_fd, *told - 1, 0);
    check(0 <= listener, "the listener");
    *told = 0;

    for (;;) {
        struct pollfd poller = {listener, POLLIN, 0};
        int ready = poll(&poller, 1, 60000);
        if (!ready) {
            fprintf(stderr, "the program hangs\n");
            kill(child, SIGKILL);
            break;
        }
        if (!(poller.revents & POLLIN)) break;
        struct seccomp_notif call = {0};
        if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call)) continue;
        struct seccomp_notif_resp answer = {call.id, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE};
        int kind = kind_of(&call);
        started = started || opens(&call, start);
        int exchanges = call.data.nr == SYS_renameat2 && call.data.args[4] & RENAME_EXCHANGE;
        if (kind == STARTS) {
            // Without `started`: the first thread may be started before anything is read.
            int fails = !strcmp(how, "threads");
            if (fails) answer = (struct seccomp_notif_resp){call.id, 0, -error, 0};
            failed += fails;
        } else if (started && exchanges && !exchange) {
            answer = (struct seccomp_notif_resp){call.id, 0, -EINVAL, 0};
        } else if (started && kind && (kind == CHANGES || !changes_only)) {
            counted++;
            if (!strcmp(how, "short")) {
                long written = write_half(process_fd, &call);
                if (0 <= written) answer = (struct seccomp_notif_resp){call.id, written, 0, 0};
                failed += 0 <= written;
            } else if (from && (counted == from || (from < counted && !strcmp(how, "after")))) {
                answer = (struct seccomp_notif_resp){call.id, 0, -error, 0};
                failed++;
            }
        }
        ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
    }
    int status = 0;
    waitpid(child, &status, 0);
    FILE *report = fopen(words[6], "w");
    check(report != NULL, "the report");
    fprintf(report, "%ld %ld\n", counted, failed);
    fclose(report);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
