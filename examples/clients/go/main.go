// Client analyses one article, or a corpus over one stream.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"google.golang.org/grpc/status"

	newsprism "newsprism.example/client/gen/newsprism/v1"
)

//go:generate buf generate

type arguments struct {
	connection connection
	deadline   time.Duration
	targets    targets
	command    string
	files      []string
}

func main() {
	if err := run(parseArguments()); err != nil {
		// An error that is no status has the code UNKNOWN, and no details.
		fmt.Fprintln(os.Stderr, describe(status.Convert(err)))
		os.Exit(1)
	}
}

func run(args arguments) error {
	channel, err := args.connection.open()
	if err != nil {
		return err
	}
	defer channel.Close()
	service := newsprism.NewArticleAnalysisServiceClient(channel)
	if args.command == "analyze" {
		return analyze(service, args)
	}
	return stream(service, args)
}

func analyze(service newsprism.ArticleAnalysisServiceClient, args arguments) error {
	request, err := analysisOf(args.files[0], args.targets)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), args.deadline)
	defer cancel()
	answer, err := service.AnalyzeArticle(ctx, request)
	if err != nil {
		return err
	}
	print(answer)
	count, err := checkSpans(request.Article, answer)
	if err != nil {
		return err
	}
	fmt.Printf("%d spans in bytes, each gives its own text\n", count)
	return nil
}

func stream(service newsprism.ArticleAnalysisServiceClient, args arguments) error {
	requests := map[string]*newsprism.AnalyzeArticleRequest{}
	for _, file := range args.files {
		request, err := analysisOf(file, args.targets)
		if err != nil {
			return err
		}
		requests[request.Article.ArticleId] = request
	}
	bar := progressbar.Default(int64(len(requests)), "articles")
	read, refused, spans := 0, 0, 0
	deadline := args.deadline * time.Duration(len(requests))
	err := analyzeCorpus(service, requests, deadline, func(name string, outcome *newsprism.AnalysisOutcome) error {
		line := ""
		switch outcome := outcome.Outcome.(type) {
		case *newsprism.AnalysisOutcome_Error:
			refused++
			line = describe(status.FromProto(outcome.Error))
		case *newsprism.AnalysisOutcome_Analysis:
			count, err := checkSpans(requests[name].Article, outcome.Analysis)
			if err != nil {
				return err
			}
			read++
			spans += count
			line = fmt.Sprintf("%s, %d entities", sentiment(outcome.Analysis.DocumentSentiment), len(outcome.Analysis.Entities))
		}
		bar.Clear()
		fmt.Printf("%s: %s\n", name, line)
		return bar.Add(1)
	})
	if err != nil {
		return err
	}
	fmt.Printf("%d read, %d refused, %d spans in bytes\n", read, refused, spans)
	return nil
}

// analysisOf makes the request for an article in a file, whose first line is the title.
func analysisOf(file string, targets targets) (*newsprism.AnalyzeArticleRequest, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	title, content, _ := strings.Cut(string(text), "\n")
	features := &newsprism.AnalysisFeatures{
		Summary:  &newsprism.SummaryOptions{},
		Entities: &newsprism.EntityOptions{},
		Segments: &newsprism.SegmentOptions{},
	}
	if len(targets) > 0 {
		features.Stance = &newsprism.StanceOptions{}
		for _, target := range targets {
			features.Stance.Targets = append(features.Stance.Targets, &newsprism.StanceTarget{Text: target})
		}
	}
	return &newsprism.AnalyzeArticleRequest{
		Article: &newsprism.Article{
			ArticleId: filepath.Base(file),
			Title:     strings.TrimSuffix(title, "\r"),
			Content:   content,
		},
		Options:  &newsprism.AnalysisOptions{OffsetEncoding: newsprism.OffsetEncoding_OFFSET_ENCODING_UTF8_BYTES},
		Features: features,
	}, nil
}

func print(answer *newsprism.AnalyzeArticleResponse) {
	fmt.Println("Summary")
	for _, sentence := range answer.Summary.Sentences {
		fmt.Printf("  • %s\n", sentence.Span.Text)
	}
	fmt.Println("Entities")
	for _, entity := range answer.Entities {
		fmt.Printf("  %s: %s, %d mentions\n", entity.Name, sentiment(entity.Sentiment), len(entity.Mentions))
	}
	if len(answer.Stances) > 0 {
		fmt.Println("Stance")
	}
	for _, result := range answer.Stances {
		stance := strings.ToLower(strings.TrimPrefix(result.Stance.String(), "STANCE_"))
		fmt.Printf("  %s: %s %+.2f\n", result.Text, stance, result.Score)
	}
}

func sentiment(sentiment *newsprism.Sentiment) string {
	label := strings.TrimPrefix(sentiment.GetLabel().String(), "SENTIMENT_LABEL_")
	return fmt.Sprintf("%s %+.2f", strings.ToLower(label), sentiment.GetScore())
}

func parseArguments() (args arguments) {
	flag.StringVar(&args.connection.server, "server", "localhost:50051", "`HOST:PORT`")
	flag.StringVar(&args.connection.serviceConfig, "service-config", "../service-config.json", "the retry policy, a `FILE`")
	flag.DurationVar(&args.deadline, "deadline", 30*time.Second, "`TIME` of an article")
	flag.StringVar(&args.connection.ca, "ca", "", "the server's authority, a `FILE` of PEM: speak TLS")
	flag.StringVar(&args.connection.cert, "cert", "", "this client's certificate, a `FILE` of PEM: mutual TLS")
	flag.StringVar(&args.connection.key, "key", "", "the certificate's key, a `FILE` of PEM")
	flag.Var(&args.targets, "target", "detect the stance toward this `TEXT`")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "client [FLAGS] analyze FILE, or client [FLAGS] stream FILE...\n"+
			"A bearer token is taken from the environment: NEWSPRISM_TOKEN.")
		flag.PrintDefaults()
	}
	flag.Parse()
	args.connection.token = os.Getenv("NEWSPRISM_TOKEN")
	args.command = flag.Arg(0)
	known := args.command == "analyze" && flag.NArg() == 2 || args.command == "stream" && flag.NArg() > 1
	if !known {
		flag.Usage()
		os.Exit(2)
	}
	args.files = flag.Args()[1:]
	return args
}

// targets is a flag that may be given several times.
type targets []string

func (targets *targets) String() string { return strings.Join(*targets, ", ") }

func (targets *targets) Set(target string) error {
	*targets = append(*targets, target)
	return nil
}
