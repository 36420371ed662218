package model

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// contractFolder is where the contract lies: beside the backend, unless a copy of the backend is tested.
func contractFolder() string {
	if folder := os.Getenv("CONTRACT_FOLDER"); folder != "" {
		return folder
	}
	return "../../../contract"
}

func TestScoresAreThoseOfTheTrainer(t *testing.T) {
	folder := filepath.Join(contractFolder(), "model")
	text, err := os.ReadFile(filepath.Join(folder, "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases struct {
		Rows   [][]float64
		Scores []float64
	}
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	model, err := Open(filepath.Join(folder, "trees.onnx"))
	if err != nil {
		t.Fatal(err)
	}
	var features []float64
	for _, row := range cases.Rows {
		features = append(features, row...)
	}
	scores, err := model.Score(features)
	if err != nil || len(scores) != len(cases.Scores) {
		t.Fatalf("%d scores, %v", len(scores), err)
	}
	for i, want := range cases.Scores {
		if math.Abs(scores[i]-want) > 1e-9 {
			t.Errorf("row %d: %v, want %v", i, scores[i], want)
		}
	}
}

func TestAModelThatIsNotThereIsAnError(t *testing.T) {
	if _, err := Open("nowhere.onnx"); err == nil {
		t.Error("no error")
	}
}
