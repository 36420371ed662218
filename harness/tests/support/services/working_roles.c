#include "child_roles.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void *rest(void *unused)
{
    for (;;) {
        pause();
    }
    return unused;
}

static void start_threads(long number)
{
    pthread_attr_t attributes;
    pthread_t thread;

    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 65536);
    for (long i = 0; i < number; i++) {
        if (pthread_create(&thread, &attributes, rest, NULL) != 0) {
            printf("no more threads than %ld\n", i);
        }
    }
}

int role_threads(long number)
{
    start_threads(number);
    return role_wait();
}

int role_headless(long number)
{
    start_threads(number);
    printf("ready\n");
    fflush(stdout);
    pthread_exit(NULL);
}

static void *work_a_little(void *unused)
{
    for (volatile unsigned i = 0; i < 100000; i++) {
    }
    return unused;
}

int role_churn(long number)
{
    pthread_t threads[64];

    for (;;) {
        for (long i = 0; i < number && i < 64; i++) {
            pthread_create(&threads[i], NULL, work_a_little, NULL);
        }
        for (long i = 0; i < number && i < 64; i++) {
            pthread_join(threads[i], NULL);
        }
    }
    return 0;
}

static void *spin(void *unused)
{
    for (volatile unsigned long i = 0;; i++) {
    }
    return unused;
}

int role_busy(long number)
{
    pthread_t thread;

    prctl(PR_SET_NAME, ") R 1 (x y");
    start_threads(number);
    pthread_create(&thread, NULL, spin, NULL);
    return role_wait();
}

int role_hoard(long number)
{
    size_t bytes = (size_t)number << 20;
    sigset_t give_back;
    int signal;

    sigemptyset(&give_back);
    sigaddset(&give_back, SIGUSR1);
    sigprocmask(SIG_BLOCK, &give_back, NULL);
    char *hoard = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(hoard, 1, bytes);
    printf("ready\n");
    fflush(stdout);
    sigwait(&give_back, &signal);
    munmap(hoard, bytes / 2);
    printf("given back\n");
    return role_wait();
}

int role_files(long number)
{
    for (long i = 0; i < number; i++) {
        if (open("/dev/null", O_RDONLY) < 0) {
            return 9;
        }
    }
    return role_wait();
}

int role_deaf(long number)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const char *port = getenv("PORT");
    const int on = 1;

    if (port == NULL) {
        return 9;
    }
    address.sin_port = htons((uint16_t)strtol(port, NULL, 10));
    for (long i = 0; i < number; i++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
        if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 64) != 0) {
            return 9;
        }
    }
    return role_wait();
}

int role_daemon(long number)
{
    pid_t middle = fork();

    if (middle > 0) {
        waitpid(middle, NULL, 0);
        for (;;) {
            pause();
        }
    }
    setsid();
    if (fork() != 0) {
        _exit(0);
    }
    alarm(120); /* should no test end it */
    for (long i = 0; i < number; i++) {
        if (fork() == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            for (;;) {
                pause();
            }
        }
    }
    return role_deaf(1);
}
