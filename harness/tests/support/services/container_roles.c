#include "child_roles.h"

#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* In a new namespace even the loopback interface is down, and has no address. */
static void raise_loopback(void)
{
    struct ifreq request = {.ifr_flags = IFF_UP};
    int fd = socket(AF_INET, SOCK_DGRAM, 0);

    strcpy(request.ifr_name, "lo");
    ioctl(fd, SIOCSIFFLAGS, &request);
    close(fd);
}

/* Says with a byte that it listens. */
static void be_inside(int told)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(8080)};
    int fd;

    if (unshare(CLONE_NEWNET) != 0) {
        _exit(1);
    }
    raise_loopback();
    prctl(PR_SET_NAME, "in-container");
    fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, 8) == 0 && write(told, "", 1) == 1) {
        close(told);
        for (;;) {
            pause();
        }
    }
    _exit(1);
}

/* Becomes the proxy once the one in the namespace listens. */
static void be_outside(int told)
{
    char *argv[] = {child_program(),     (char *)"proxy",           (char *)"1",    (char *)"-container-ip",
                    (char *)"127.0.0.1", (char *)"-container-port", (char *)"8080", NULL};
    char byte;

    if (read(told, &byte, 1) == 1) {
        execv(argv[0], argv);
    }
    printf("not allowed\nready\n");
    fflush(stdout);
    _exit(0);
}

/* Two processes without a parent of this family. They end by themselves should no test end them. */
static void leave_two(void)
{
    int told[2];

    setsid();
    if (pipe(told) != 0) {
        _exit(1);
    }
    if (fork() == 0) {
        alarm(120);
        be_inside(told[1]);
    }
    if (fork() == 0) {
        alarm(120);
        close(told[1]);
        be_outside(told[0]);
    }
    _exit(0);
}

int role_container(long number)
{
    pid_t middle = fork();

    (void)number;
    if (middle == 0) {
        leave_two();
    }
    waitpid(middle, NULL, 0);
    for (;;) {
        pause();
    }
}

int role_proxy(long number)
{
    prctl(PR_SET_NAME, "docker-proxy");
    printf("proxy=%d\n", (int)getpid());
    return role_deaf(number);
}
