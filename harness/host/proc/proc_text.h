/* proc_text: the formats of the files in /proc. Pure: text in, numbers out. All functions return -1 for malformed text,
 * and leave the output untouched then. */
#ifndef TWOFOLD_HOST_PROC_PROC_TEXT_H
#define TWOFOLD_HOST_PROC_PROC_TEXT_H

#include <stdint.h>
#include <sys/types.h>

struct proc_stat {
    char state; /* R, S, D, T, Z, … */
    pid_t parent, group, session;
    uint64_t major_faults;
    uint64_t cpu_ticks;        /* user and system */
    uint64_t waited_ticks;     /* the same of children that were waited for, and of theirs */
    uint64_t start_ticks;      /* when it began, since the machine booted; 0 where the text ends before it */
    uint64_t block_wait_ticks; /* its first thread waited for a disk; 0 where the text ends before it */
};

struct proc_schedstat {
    uint64_t cpu_ns, run_delay_ns;
    uint64_t switches; /* how often it was given a core, and so taken off one */
};

struct proc_statm {
    uint64_t size_pages, rss_pages, shared_pages; /* shared: files and shared memory; the rest of rss is anonymous */
};

struct proc_core_times {
    uint64_t busy_ticks; /* user (with guests), nice, system, irq, softirq */
    uint64_t idle_ticks; /* idle, iowait */
    uint64_t steal_ticks;
    uint64_t kernel_ticks; /* irq, softirq; contained in busy_ticks */
};

/* /proc/PID/stat. The program's name in it may contain blanks, parentheses and newlines. */
int proc_text_stat(const char *text, struct proc_stat *ret_stat);

/* Clock ticks, in which /proc counts most times, in ns. */
uint64_t proc_text_ticks_ns(uint64_t ticks);

/* /proc/PID/task/TID/schedstat */
int proc_text_schedstat(const char *text, struct proc_schedstat *ret_schedstat);

/* /proc/PID/statm */
int proc_text_statm(const char *text, struct proc_statm *ret_statm);

/* "VmHWM:   1776 kB" in /proc/PID/status or smaps_rollup; `key` includes the colon. */
int proc_text_bytes(const char *text, const char *key, uint64_t *ret_bytes);

/* "throttled_usec 1776" in cpu.stat, "oom_kill 0" in /proc/vmstat; `key` includes the blank. */
int proc_text_number(const char *text, const char *key, uint64_t *ret_number);

/* The soft limit in the row "Max open files" of /proc/PID/limits; UINT64_MAX when it is unlimited. */
int proc_text_file_descriptor_limit(const char *text, uint64_t *ret_limit);

/* The number below the word `column` in the pair of lines that begins with `row` ("TcpExt:"), in /proc/net/netstat or
 * snmp. */
int proc_text_column(const char *text, const char *row, const char *column, uint64_t *ret_value);

/* The line "cpu …" (all cores) or "cpuN …" of /proc/stat at `line`. */
int proc_text_core_times(const char *line, struct proc_core_times *ret_times);

/* The number given to the newest process or thread: the fifth field of /proc/loadavg. */
int proc_text_last_pid(const char *text, uint64_t *ret_pid);

/* "some avg10=" of /proc/pressure/…, in percent. */
int proc_text_pressure(const char *text, double *ret_percent);

#endif
