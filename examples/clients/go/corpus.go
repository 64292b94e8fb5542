package main

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	newsprism "newsprism.example/client/gen/newsprism/v1"
)

const streams = 4

type answered func(id string, outcome *newsprism.AnalysisOutcome) error

// analyzeCorpus gives each request's id with its outcome to answered, in the order of the answers, and opens a new stream
// where a server went away. The deadline is that of each stream.
func analyzeCorpus(
	service newsprism.ArticleAnalysisServiceClient,
	requests map[string]*newsprism.AnalyzeArticleRequest,
	deadline time.Duration,
	answered answered,
) error {
	unanswered := maps.Clone(requests)
	for left := streams - 1; ; left-- {
		err := analyzeOverOneStream(service, unanswered, deadline, answered)
		// A server that drains ends its streams; what it didn't answer is for another one.
		if status.Code(err) != codes.Unavailable || left == 0 {
			return err
		}
	}
}

// analyzeOverOneStream takes from unanswered what is answered.
func analyzeOverOneStream(
	service newsprism.ArticleAnalysisServiceClient,
	unanswered map[string]*newsprism.AnalyzeArticleRequest,
	deadline time.Duration,
	answered answered,
) error {
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	stream, err := service.StreamAnalyzeArticles(ctx)
	if err != nil {
		return err
	}
	var items []*newsprism.StreamAnalyzeArticlesRequest
	for _, id := range slices.Sorted(maps.Keys(unanswered)) {
		items = append(items, &newsprism.StreamAnalyzeArticlesRequest{CorrelationId: id, Request: unanswered[id]})
	}
	go func() {
		for _, item := range items {
			// Send waits while the server doesn't read. Where it fails, Recv says why.
			if stream.Send(item) != nil {
				return
			}
		}
		stream.CloseSend()
	}()
	for {
		response, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		delete(unanswered, response.CorrelationId)
		if err := answered(response.CorrelationId, response.Outcome); err != nil {
			return err
		}
	}
}
