/* virtualization: whether this machine is a virtual one, and of which hypervisor. */
#ifndef TWOFOLD_HOST_MACHINE_VIRTUALIZATION_H
#define TWOFOLD_HOST_MACHINE_VIRTUALIZATION_H

/* Returns "kvm", "vmware", …; "none" where the machine is known to be real; "hypervisor" where it is virtual and
 * nothing says which; or "unknown"; on the heap. `cpuinfo` is the text of /proc/cpuinfo or NULL; `root` is put before
 * /sys. Where nothing else helps and `root` is "", the program systemd-detect-virt is run, if it is installed. */
char *virtualization_find(const char *cpuinfo, const char *root);

#endif
