/* service_fixture: the program of the test, started again in a role (child_roles) as a service. */
#ifndef TWOFOLD_TESTS_SUPPORT_SERVICE_FIXTURE_H
#define TWOFOLD_TESTS_SUPPORT_SERVICE_FIXTURE_H

#include "base/clock.h"
#include "child_roles.h"
#include "host/process/service.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000 }; /* for what must come; far more than it takes */

static inline struct service *start_service(const char *role, const char *number, char *const *environment)
{
    char *argv[] = {child_program(), (char *)role, (char *)number, NULL};
    struct child_options options = {.argv = argv, .environment = {.given = environment}};
    struct service *service = NULL;
    struct error err = {0};

    if (service_start(&service, &options, &err) != 0) {
        fail_msg("%s", err.message);
    }
    return service;
}

/* Wait until the service has said `word`. */
static inline void wait_for_word(struct service *service, const char *word)
{
    for (int i = 0; i < PATIENCE_MS; i++) {
        char *output = service_output(service);
        bool said = strstr(output, word) != NULL;
        free(output);
        if (said) {
            return;
        }
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    }
    fail_msg("the service never said \"%s\"", word);
}

/* Waits until the service has ended, at most `timeout_ns`. Returns whether it has. */
static inline bool wait_for_end(struct service *service, uint64_t timeout_ns)
{
    uint64_t until_ns = clock_now_ns() + timeout_ns;
    struct ending ending;

    while (!service_ended(service, &ending)) {
        if (clock_now_ns() >= until_ns) {
            return false;
        }
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    }
    return true;
}

/* Its letter in /proc/PID/stat; 0 when there is no such process. */
static inline char process_state(pid_t pid)
{
    char path[64], text[1024];

    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    if (fd >= 0) {
        close(fd);
    }
    text[got > 0 ? got : 0] = '\0';
    const char *state = strrchr(text, ')');
    return (char)(state != NULL ? state[2] : 0);
}

static inline bool is_living(pid_t pid)
{
    char state = process_state(pid);
    return state != 0 && state != 'Z' && state != 'X';
}

static inline unsigned open_file_descriptors(void)
{
    unsigned count = 0;
    for (int fd = 0; fd < 4096; fd++) {
        count += fcntl(fd, F_GETFD) != -1;
    }
    return count;
}

static inline void check_no_children(void)
{
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

#endif
