"""Hosts on one machine: network namespaces joined by a bridge, each with its own address, host name and monotonic
clock, and a launcher of MPI that enters them as it would enter hosts by ssh.

It takes root, `ip netns` and `unshare --time`; Unavailable says what is missing.
"""

import contextlib
import itertools
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

# How far each host's clock is ahead of the machine's, in seconds: as far apart as those of hosts are that were started
# weeks apart.
CLOCKS = {"gen1": 5000, "gen2": 123456, "svc": 777}

# With these a host that is gone is noticed after seconds, not after minutes (docs/fleet.md).
KEEPALIVE = {"OMPI_MCA_oob_tcp_keepalive_time": "2", "OMPI_MCA_oob_tcp_keepalive_intvl": "1",
             "OMPI_MCA_oob_tcp_keepalive_probes": "2"}

# MPICH finds out that the hosts are one machine, and would go through its memory: no cut link would be noticed.
TCP_ONLY = {"UCX_TLS": "tcp,self", "UCX_NET_DEVICES": "eth0"}


class Unavailable(Exception):
    """Such hosts cannot be made here."""


def quiet(*words):
    return subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)


def need(*words):
    done = quiet(*words)
    if done.returncode != 0:
        raise Unavailable(f"{' '.join(words)}: {done.stderr.strip()}")


def launcher():
    """The launcher of the MPI that the build under test uses: ("openmpi" or "mpich", its path)."""
    for kind, names in (("openmpi", ("mpirun.openmpi", "mpirun")), ("mpich", ("mpiexec.mpich", "mpiexec.hydra"))):
        for name in names:
            path = shutil.which(name)
            if path is not None:
                yield kind, path
                break


class Hosts:
    """`with Hosts() as hosts`: gen1, gen2 and svc, until the end of the block."""

    made = itertools.count()

    def __init__(self, names=("gen1", "gen2", "svc"), cores=None):
        """`cores`: the host's name to the list of cores that it has ("0,1"); those that are not named have all."""
        self.cores = cores or {}
        # Of its own each time: the kernel takes the last ones away a while after they were given up.
        self.mark = f"tf{os.getpid() % 10000}{chr(ord('a') + next(Hosts.made) % 26)}"
        self.bridge = f"{self.mark}b"
        self.names = names
        self.net = f"10.77.{os.getpid() % 250}"
        self.address = {name: f"{self.net}.{i + 1}" for i, name in enumerate(names)}
        self.folder = Path(tempfile.mkdtemp(prefix="twofold-hosts-"))
        self.agent = self.folder / "agent.sh"
        self.children = []

    def __enter__(self):
        try:
            self.make()
        except Unavailable:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for child in self.children:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        for name in self.names:
            for pid in self.processes(name):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            quiet("ip", "netns", "del", self.space(name))
        quiet("ip", "link", "del", self.bridge)
        shutil.rmtree(self.folder, ignore_errors=True)

    def space(self, name):
        return f"{self.mark}-{name}"

    def make(self):
        if os.geteuid() != 0:
            raise Unavailable("network namespaces take root")
        if shutil.which("ip") is None:
            raise Unavailable("there is no ip (iproute2)")
        need("unshare", "--uts", "--time", "--monotonic", "1", "--fork", "true")
        need("ip", "link", "add", self.bridge, "type", "bridge")
        need("ip", "link", "set", self.bridge, "up")
        for i, name in enumerate(self.names):
            space, outer = self.space(name), f"{self.mark}v{i}"
            need("ip", "netns", "add", space)
            need("ip", "link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", space)
            need("ip", "link", "set", outer, "master", self.bridge, "up")
            need("ip", "-n", space, "addr", "add", f"{self.address[name]}/24", "dev", "eth0")
            need("ip", "-n", space, "link", "set", "eth0", "up")
            need("ip", "-n", space, "link", "set", "lo", "up")
        every = f"0-{os.cpu_count() - 1}"
        cases = "\n".join(f"{self.address[name]}|{name}) space={self.space(name)} host={name} clock={CLOCKS[name]} "
                          f"cores={self.cores.get(name, every)} ;;" for name in self.names)
        self.agent.write_text(f"""#!/bin/sh
# Enters the host that is named first, as ssh would, and runs the rest there.
case $1 in
{cases}
*) echo "no host $1" >&2; exit 1 ;;
esac
shift
exec ip netns exec "$space" taskset -c "$cores" \\
    unshare --uts --time --monotonic "$clock" --fork sh -c "hostname $host; $*"
""")
        self.agent.chmod(0o755)

    def limit(self, name, rate):
        """Lets what comes to that host pass at that rate only ("10mbit"), and what is too much be lost on the way, as
        where a switch has a slow port: what a host drops itself, its TCP does not count as lost."""
        need("tc", "qdisc", "replace", "dev", f"{self.mark}v{self.names.index(name)}", "root", "tbf", "rate", rate,
             "burst", "16kb", "latency", "30ms")

    def cut(self, name):
        """Takes the host off the network."""
        need("ip", "-n", self.space(name), "link", "set", "eth0", "down")

    def processes(self, name):
        """All that run on that host."""
        out = subprocess.run(["ip", "netns", "pids", self.space(name)], capture_output=True, text=True, check=False)
        return [int(pid) for pid in out.stdout.split()]

    def named(self, name, word):
        """The processes on that host whose command has that name."""
        found = []
        for pid in self.processes(name):
            with contextlib.suppress(OSError):
                if Path(f"/proc/{pid}/comm").read_text().strip() == word:
                    found.append(pid)
        return found

    def on(self, name, words):
        """The words that run those on that host."""
        return [str(self.agent), name, shlex.join(words)]

    def start_on(self, name, words, **more):
        child = subprocess.Popen(self.on(name, words), start_new_session=True, **more)
        self.children.append(child)
        return child

    def mpi(self, kind, path, names, words):
        """The words of a command that starts one rank on each of these hosts, to be run on the first of them."""
        addresses = ",".join(self.address[name] for name in names)
        if kind == "openmpi":
            options = ["--host", addresses, "--mca", "plm_rsh_agent", str(self.agent), "--mca", "btl", "tcp,self",
                       "--mca", "btl_tcp_if_include", "eth0", "--mca", "oob_tcp_if_include", "eth0",
                       "--bind-to", "none"]
        else:
            options = ["-hosts", addresses, "-launcher", "rsh", "-launcher-exec", str(self.agent), "-iface", "eth0"]
        return [path, *options, "-n", str(len(names)), *words]

    def fleet(self, kind, path, names, words, folder, keepalive=True):
        """Starts that, in the folder; its output and errors are pipes."""
        environment = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
                       "ASAN_OPTIONS": "detect_leaks=0", **TCP_ONLY,
                       **(KEEPALIVE if keepalive else {})}
        return self.start_on(names[0], self.mpi(kind, path, names, words), cwd=folder, env=environment,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
