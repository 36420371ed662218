/* child_roles: what the program of a test does when the test starts it again as a child: `PROGRAM ROLE [NUMBER]`. Most
 * roles print "ready" when they have reached the state that the test needs. The roles use nothing of the library that
 * is tested. */
#ifndef TWOFOLD_TESTS_SUPPORT_CHILD_ROLES_H
#define TWOFOLD_TESTS_SUPPORT_CHILD_ROLES_H

#include <stdbool.h>

/* To be called first in main. Returns whether this is a child with a role, which has then been played to its end;
 * *ret_status is the exit status. */
bool child_role_played(int argc, char **argv, int *ret_status);

/* The path of this program, to be started again. Static. */
char *child_program(void);

/* ---- between the files of the roles ---- */

/* Prints "ready" and waits for a signal. Returns an exit status. */
int role_wait(void);

/* The roles that use threads, memory, files and sockets. `number` is what the test gave, or 0. */
int role_threads(long number);   /* so many threads beside the first */
int role_headless(long number);  /* the same, and the first thread ends */
int role_churn(long number);     /* for ever so many threads at a time, which begin, work a little and end */
int role_busy(long number);      /* so many idle threads, and one that works all the time */
int role_hoard(long number);     /* so many MiB, touched; half of them are given back at SIGUSR1 */
int role_files(long number);     /* so many open files */
int role_daemon(long number);    /* leaves a process outside of its family that is deaf with one socket and has so many
                                  * children; "ready" is its word, and the one that was started waits */
int role_container(long number); /* leaves two processes outside of its family: "in-container" is deaf in a network
                                  * namespace of its own, and a "docker-proxy" is deaf on 127.0.0.1:PORT; says
                                  * "proxy=PID", or "not allowed", and "ready" */
int role_proxy(long number);     /* that proxy */
int role_deaf(long number);      /* so many sockets that listen on 127.0.0.1:PORT and never accept */

/* The roles that fork and wait. At SIGUSR1 they begin; when they have done they print "spent=N" and "ready" again: the
 * CPU time in ns that they and their children have used, told by each process of itself. */
int role_errands(long number);  /* so many children, one after the other, that live a few ms and have a child each */
int role_shifts(long number);   /* so many times three children at a time that live for 0.1 s or more */
int role_blocked(long number);  /* cannot be interrupted, as it waits for a child begun with vfork */
int role_careless(long number); /* the same, but nobody is charged for them, as SIGCHLD is ignored */

#endif
