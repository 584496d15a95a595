"""The program on a sample week, in a folder and on a port of its own."""

import shutil
import socket
import subprocess
import tempfile


class Rihla:
    """Runs until closed."""

    def __init__(self, program):
        self.folder = tempfile.mkdtemp(prefix="rihla-browser-")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        command = [program, "--folder", self.folder, "--port", str(port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.wait_until_it_serves()

    def wait_until_it_serves(self):
        """It says so itself."""
        said = b""
        for line in self.process.stderr:
            said += line
            if b"Stop with Ctrl-C" in line:
                return
        raise RuntimeError(f"the program ended: {said.decode()}")

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.process.stderr.close()
        shutil.rmtree(self.folder, ignore_errors=True)
