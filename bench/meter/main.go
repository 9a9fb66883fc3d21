// Runs a command once, with a file coming through a pipe on its stdin as from kustomize, and prints what it took.
// Usage: meter INPUT OUTPUT COMMAND [ARGUMENT...]; an OUTPUT of "-" is read and thrown away.
package main

import (
	"encoding/json"
	"io"
	"log"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

type taken struct {
	Wall, User, System float64 // milliseconds
	Peak               int64   // bytes of resident memory
	Bytes              int64   // that the command wrote
	Status             int
}

func main() {
	input, err := os.Open(os.Args[1])
	check(err)
	output := &counter{Writer: io.Discard}
	if os.Args[2] != "-" {
		file, err := os.Create(os.Args[2])
		check(err)
		output.Writer = file
	}
	command := exec.Command(os.Args[3], os.Args[4:]...)
	// Not the files themselves: a client's function has pipes.
	command.Stdin, command.Stdout, command.Stderr = struct{ io.Reader }{input}, output, os.Stderr
	start := time.Now()
	err = command.Run()
	wall := time.Since(start)
	if command.ProcessState == nil {
		log.Fatal(err)
	}
	state := command.ProcessState
	check(json.NewEncoder(os.Stdout).Encode(taken{
		Wall:   milliseconds(wall),
		User:   milliseconds(state.UserTime()),
		System: milliseconds(state.SystemTime()),
		Peak:   peak(state),
		Bytes:  output.count,
		Status: state.ExitCode(),
	}))
}

// Linux counts in KiB, macOS in bytes.
func peak(state *os.ProcessState) int64 {
	resident := int64(state.SysUsage().(*syscall.Rusage).Maxrss)
	if runtime.GOOS == "darwin" {
		return resident
	}
	return resident * 1024
}

type counter struct {
	io.Writer
	count int64
}

func (c *counter) Write(bytes []byte) (int, error) {
	written, err := c.Writer.Write(bytes)
	c.count += int64(written)
	return written, err
}

func milliseconds(duration time.Duration) float64 {
	return float64(duration.Nanoseconds()) / 1e6
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
