// Package model scores rows with a gradient-boosted model.
package model

import (
	"path/filepath"
	"strings"

	"github.com/dmitryikh/leaves"
)

// Features is how many numbers a row has.
const Features = 16

// Model is a model that was loaded.
type Model struct {
	ensemble *leaves.Ensemble
}

// Open loads the model of the ONNX file at path. Leaves does not read ONNX, so it is given the same trees as LightGBM
// wrote them, which lie beside that file.
func Open(path string) (*Model, error) {
	const withTransformation = true
	trees := strings.TrimSuffix(path, filepath.Ext(path)) + ".txt"
	ensemble, err := leaves.LGEnsembleFromFile(trees, withTransformation)
	if err != nil {
		return nil, err
	}
	return &Model{ensemble}, nil
}

// Score returns a score for each row of features, which are the rows one after another.
func (m *Model) Score(features []float64) ([]float64, error) {
	const allTrees, oneThread = 0, 1
	rows := len(features) / Features
	scores := make([]float64, rows)
	err := m.ensemble.PredictDense(features, rows, Features, scores, allTrees, oneThread)
	return scores, err
}
