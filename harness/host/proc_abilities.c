#include "host/proc_abilities.h"

#include "host/proc_reader.h"
#include "host/proc_text.h"

#include <fcntl.h>
#include <sys/stat.h>

struct proc_abilities proc_abilities_find(void)
{
    struct proc_abilities abilities = {0};
    struct proc_reader reader;
    struct proc_schedstat schedstat;
    struct stat descriptors;

    proc_reader_init(&reader, 4096, 0);
    /* A kernel that does not keep these statistics shows three zeros. */
    abilities.schedstat = proc_reader_read_once(&reader, AT_FDCWD, "/proc/thread-self/schedstat") > 0 &&
                          proc_text_schedstat(reader.buffer, &schedstat) == 0 && schedstat.cpu_ns > 0;
    abilities.children = proc_reader_read_once(&reader, AT_FDCWD, "/proc/thread-self/children") >= 0;
    abilities.descriptor_size = stat("/proc/self/fd", &descriptors) == 0 && descriptors.st_size > 0;
    proc_reader_release(&reader);
    return abilities;
}
