#include "bench/postgres/guardian.h"

#include "host/process/launch.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Reads until the harness is gone or has closed its end of the pipe. Then it ends every process that works in the
 * folder of the data, stopped ones too; removes the bit of shared memory that a killed server leaves; and removes the
 * folder, to which the last of them may still write. A postmaster is asked to quit. initdb's server, whose number in
 * the file is negative, ends by itself once initdb is gone, and is given the time to remove its shared memory. */
static const char guardian_script[] =
    "read _; at=\"$1/data\"; pid=$(sed -n 1p \"$at/postmaster.pid\" 2>/dev/null)\n"
    "memory=$(sed -n '7s/.* //p' \"$at/postmaster.pid\" 2>/dev/null)\n"
    "each() { found=; for p in /proc/[0-9]*; do if [ \"$p/cwd\" -ef \"$at\" ]; then found=1; kill -s \"$1\" "
    "\"${p#/proc/}\"; fi; done; [ -n \"$found\" ]; }\n"
    "each CONT\n"
    "case $pid in ''|-*) ;; *) kill -s QUIT \"$pid\";; esac\n"
    "i=0; while each 0 && [ $i -lt 20 ]; do sleep 0.1; i=$((i + 1)); done\n"
    "i=0; while each KILL && [ $i -lt 30 ]; do sleep 0.1; i=$((i + 1)); done\n"
    "[ -z \"$memory\" ] || ipcrm -m \"$memory\"\n"
    "i=0; while [ -e \"$1\" ] && [ $i -lt 30 ]; do rm -rf -- \"$1\"; sleep 0.1; i=$((i + 1)); done";

int guardian_start(struct guardian *guardian, const char *folder, struct error *err)
{
    char *argv[] = {"sh", "-c", (char *)guardian_script, "twofold-guardian", (char *)folder, NULL};
    struct launch launch = {.path = "/bin/sh", .argv = argv, .environment = environ, .output = -1, .report = -1};
    int ends[2];

    if (launch_pipe(ends) != 0) {
        return error_failed(err, "no pipe for the database's guardian: %s", strerror(errno));
    }
    launch.input = ends[0];
    pid_t pid = launch_fork(&launch);
    int cause = errno;
    close(ends[0]);
    if (pid < 0) {
        close(ends[1]);
        return error_failed(err, "no process for the database's guardian: %s", strerror(cause));
    }
    *guardian = (struct guardian){.pid = pid, .pipe = ends[1]};
    return 0;
}

void guardian_finish(struct guardian *guardian)
{
    close(guardian->pipe);
    while (waitpid(guardian->pid, NULL, 0) < 0 && errno == EINTR) {
    }
}
