// Reads a ballot log with the reference implementation of its formats, golang.org/x/mod/sumdb.
//
//	check DIR VKEY [PROOF LEAF]...
//
// verifies the checkpoint, every tile and entry below it, the inclusion proof of every entry and the
// consistency of every earlier size, then each tlog-proof file against the leaf file behind it.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type files struct{ dir string }

func (f files) Height() int { return 8 }

func (f files) SaveTiles([]tlog.Tile, [][]byte) {}

func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		// C2SP leaves out the height that Go writes into the path.
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(f.dir, path))
		if err != nil {
			full := tile
			full.W = 256
			data, err = os.ReadFile(filepath.Join(f.dir, strings.Replace(full.Path(), "tile/8/", "tile/", 1)))
			if err == nil {
				data = data[:tile.W*tlog.HashSize]
			}
		}
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
	return value
}

func check(err error) { must(0, err) }

func head(text string, verifier note.Verifier) (int64, tlog.Hash) {
	opened := must(note.Open([]byte(text), note.VerifierList(verifier)))
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != verifier.Name() {
		check(fmt.Errorf("origin %q", lines[0]))
	}
	return must(strconv.ParseInt(lines[1], 10, 64)), must(tlog.ParseHash(lines[2]))
}

func entries(dir string, size int64) [][]byte {
	var found [][]byte
	for n := int64(0); n*256 < size; n++ {
		width := size - n*256
		if width > 256 {
			width = 256
		}
		tile := tlog.Tile{H: 8, L: 0, N: n, W: int(width)}
		path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
		data := must(os.ReadFile(filepath.Join(dir, path)))
		for len(data) > 0 {
			length := binary.BigEndian.Uint16(data)
			found = append(found, data[2:2+length])
			data = data[2+length:]
		}
	}
	return found
}

func main() {
	dir, verifier := os.Args[1], must(note.NewVerifier(os.Args[2]))
	size, root := head(string(must(os.ReadFile(filepath.Join(dir, "checkpoint")))), verifier)
	tree := tlog.Tree{N: size, Hash: root}
	reader := tlog.TileHashReader(tree, files{dir})
	found := entries(dir, size)
	if int64(len(found)) != size {
		check(fmt.Errorf("%d entries of %d", len(found), size))
	}
	for index, entry := range found {
		proof := must(tlog.ProveRecord(size, int64(index), reader))
		check(tlog.CheckRecord(proof, size, root, int64(index), tlog.RecordHash(entry)))
	}
	for old := int64(1); old <= size; old++ {
		before := must(tlog.TreeHash(old, reader))
		check(tlog.CheckTree(must(tlog.ProveTree(size, old, reader)), size, root, old, before))
	}
	for at := 3; at+1 < len(os.Args); at += 2 {
		text := string(must(os.ReadFile(os.Args[at])))
		before, checkpoint, _ := strings.Cut(text, "\n\n")
		lines := strings.Split(before, "\n")
		if lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
			check(fmt.Errorf("no tlog-proof"))
		}
		index := must(strconv.ParseInt(lines[1][len("index "):], 10, 64))
		var proof tlog.RecordProof
		for _, line := range lines[2:] {
			var hash tlog.Hash
			copy(hash[:], must(base64.StdEncoding.DecodeString(line)))
			proof = append(proof, hash)
		}
		n, hash := head(checkpoint, verifier)
		leaf := must(os.ReadFile(os.Args[at+1]))
		check(tlog.CheckRecord(proof, n, hash, index, tlog.RecordHash(leaf)))
	}
	fmt.Printf("verified %d entries\n", size)
}
