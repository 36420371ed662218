#include "host/process/held_connections.h"

#include "host/sampler.h"
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HERE = 5, THERE = 2 };

static int listen_anywhere(struct sockaddr_in *ret_address)
{
    socklen_t length = sizeof *ret_address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    *ret_address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    assert_int_equal(bind(fd, (struct sockaddr *)ret_address, sizeof *ret_address), 0);
    assert_int_equal(listen(fd, HERE + THERE), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)ret_address, &length), 0);
    return fd;
}

static int connect_to(const struct sockaddr_in *address)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(connect(fd, (const struct sockaddr *)address, sizeof *address), 0);
    return fd;
}

/* A process that has accepted so many connections, and waits. */
static pid_t accept_in_a_child(int listener, int count)
{
    int ready[2];
    char byte;

    assert_int_equal(pipe(ready), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (int i = 0; i < count; i++) {
            accept(listener, NULL, NULL);
        }
        _exit(write(ready[1], "r", 1) == 1 && pause() == 0);
    }
    close(ready[1]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    return pid;
}

/* Of a service whose processes are the child and this one. */
static void check_spread(pid_t child, uint16_t port)
{
    struct core_set cores = {{0}};
    struct sample sample;
    size_t count;

    core_set_add(&cores, 0);
    struct sampler *sampler = sampler_new(child, port, &cores);
    sampler_read(sampler, &sample);
    uint64_t *held = sampler_connections(sampler, &count);
    assert_int_equal(count, 1);
    assert_int_equal(held[0], THERE);
    free(held);
    assert_int_equal(sampler_follow(sampler, getpid()), 0);
    sampler_read(sampler, &sample);
    held = sampler_connections(sampler, &count);
    assert_int_equal(count, 2);
    assert_int_equal(held[0], HERE); /* the most first */
    assert_int_equal(held[1], THERE);
    free(held);
    sampler_free(sampler);
}

TEST(each_process_has_the_connections_that_it_accepted)
{
    struct sockaddr_in address;
    int listener = listen_anywhere(&address), clients[HERE + THERE], accepted[HERE];
    size_t count;

    for (int i = 0; i < THERE; i++) {
        clients[i] = connect_to(&address);
    }
    pid_t child = accept_in_a_child(listener, THERE);
    for (int i = 0; i < HERE; i++) {
        clients[THERE + i] = connect_to(&address);
        accepted[i] = accept(listener, NULL, NULL);
        assert_true(accepted[i] >= 0);
    }
    uint64_t *inodes = held_connections_find(ntohs(address.sin_port), &count);
    assert_int_equal(count, HERE + THERE);
    assert_int_equal(held_connections_of(getpid(), inodes, count), HERE);
    assert_int_equal(held_connections_of(child, inodes, count), THERE);
    assert_int_equal(held_connections_of(1, inodes, count), 0);
    free(inodes);
    check_spread(child, ntohs(address.sin_port));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    for (int i = 0; i < HERE + THERE; i++) {
        close(clients[i]);
    }
    for (int i = 0; i < HERE; i++) {
        close(accepted[i]);
    }
    close(listener);
}

TEST(a_port_without_connections_has_none)
{
    struct sockaddr_in address;
    int listener = listen_anywhere(&address);
    size_t count;
    uint64_t *inodes = held_connections_find(ntohs(address.sin_port), &count);

    assert_int_equal(count, 0);
    assert_null(inodes);
    assert_int_equal(held_connections_of(getpid(), inodes, count), 0);
    close(listener);
}
