#include "peer.h"

#include "base/mem.h"
#include "base/text.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARGUMENTS_MOST = 8 };

struct peer {
    pid_t pid;
    int input;
    FILE *output;
    uint16_t port;
    struct text counted; /* "name number\n" … */
};

bool peer_possible(void)
{
    return getenv("TEST_RIGHT") != NULL && getenv("TEST_OTHER") != NULL && getenv("TEST_PYTHON") != NULL;
}

const char *peer_right_certificate(void)
{
    return getenv("TEST_RIGHT");
}

const char *peer_other_certificate(void)
{
    return getenv("TEST_OTHER");
}

static void run(const char *script, const char *const *arguments, int input, int output)
{
    const char *python = getenv("TEST_PYTHON");
    const char *argv[ARGUMENTS_MOST + 3] = {python, script};

    for (int i = 0; i < ARGUMENTS_MOST && arguments[i] != NULL; i++) {
        argv[i + 2] = arguments[i];
    }
    if (python != NULL && dup2(input, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0) {
        execv(python, (char *const *)argv);
    }
    _exit(127);
}

struct peer *peer_start(const char *script, const char *const *arguments)
{
    struct peer *peer = mem_new(1, sizeof *peer);
    char *path = mem_format("%s/peers/%s", TESTS_FOLDER, script);
    unsigned port = 0;
    int to[2], from[2];

    assert_int_equal(pipe2(to, O_CLOEXEC), 0);
    assert_int_equal(pipe2(from, O_CLOEXEC), 0);
    peer->pid = fork();
    assert_true(peer->pid >= 0);
    if (peer->pid == 0) {
        run(path, arguments, to[0], from[1]);
    }
    close(to[0]);
    close(from[1]);
    free(path);
    peer->input = to[1];
    peer->output = fdopen(from[0], "r");
    assert_non_null(peer->output);
    if (fscanf(peer->output, "%u", &port) != 1) {
        fail_msg("%s does not start", script);
    }
    peer->port = (uint16_t)port;
    return peer;
}

uint16_t peer_port(const struct peer *peer)
{
    return peer->port;
}

void peer_stop(struct peer *peer)
{
    char line[256];
    int status;

    close(peer->input);
    while (fgets(line, sizeof line, peer->output) != NULL) {
        text_add(&peer->counted, line);
    }
    fclose(peer->output);
    assert_int_equal(waitpid(peer->pid, &status, 0), peer->pid);
    assert_int_equal(status, 0);
}

uint64_t peer_count(const struct peer *peer, const char *name)
{
    char *key = mem_format("\n%s ", name);
    const char *found = peer->counted.data != NULL ? strstr(peer->counted.data, key) : NULL;
    uint64_t count = found != NULL ? strtoull(found + strlen(key), NULL, 10) : 0;
    free(key);
    return count;
}

void peer_free(struct peer *peer)
{
    text_release(&peer->counted);
    free(peer);
}
