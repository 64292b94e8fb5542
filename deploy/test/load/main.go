// Load calls every RPC of Newsprism at a constant rate, as a client of production would: names resolved by DNS, round_robin,
// retries by the published service config. It prints a line of JSON each second with the counts so far, and one for each
// call that failed.
//
//	load -target dns:///newsprism-headless.newsprism.svc.cluster.local:50051 -service-config service-config.json -rate 20
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jhump/protoreflect/v2/grpcdynamic"
	"github.com/jhump/protoreflect/v2/grpcreflect"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/stats"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/dynamicpb"
)

const service = "newsprism.v1.ArticleAnalysisService"

const article = `{"content": "Mayor Jane Doe opened the new library on Monday.\n\nCritics called the building a disgrace, but Doe praised its architects.", "article_id": "load"}`

// What each RPC is asked; a stream is sent its request twice.
var requests = map[string]string{
	"AnalyzeArticle":         `{"article": ` + article + `, "features": {"summary": {}, "entities": {}, "stance": {"targets": [{"text": "the new library"}]}}}`,
	"SummarizeArticle":       `{"article": ` + article + `}`,
	"AnalyzeEntitySentiment": `{"article": ` + article + `}`,
	"DetectStance":           `{"article": ` + article + `, "stance_options": {"targets": [{"text": "the new library"}]}}`,
	"BatchAnalyzeArticles":   `{"articles": [` + article + `, ` + article + `], "features": {"summary": {}}}`,
	"StreamAnalyzeArticles":  `{"correlation_id": "1", "request": {"article": ` + article + `, "features": {"summary": {}}}}`,
	"GetServiceInfo":         `{}`,
}

type counts struct {
	Calls   int            `json:"calls"`
	Failed  int            `json:"failed"`
	Retries int            `json:"retries"`
	ByPod   map[string]int `json:"by_pod"`
	ByRPC   map[string]int `json:"by_rpc"`
}

type report struct {
	Time string `json:"time"`
	counts
	// Of the calls of the last second.
	SlowestMs int64 `json:"slowest_ms"`
}

type tally struct {
	sync.Mutex
	counts
	attempts int
	slowest  time.Duration
}

// Counts attempts: what goes beyond one for each call was a retry by the service config. Retries that gRPC makes by
// itself, of calls that no server has seen, are left out.
func (t *tally) TagRPC(ctx context.Context, _ *stats.RPCTagInfo) context.Context   { return ctx }
func (t *tally) TagConn(ctx context.Context, _ *stats.ConnTagInfo) context.Context { return ctx }
func (t *tally) HandleConn(context.Context, stats.ConnStats)                       {}
func (t *tally) HandleRPC(_ context.Context, s stats.RPCStats) {
	if begin, ok := s.(*stats.Begin); ok && !begin.IsTransparentRetryAttempt {
		t.Lock()
		t.attempts++
		t.Unlock()
	}
}

func (t *tally) done(rpc, pod string, took time.Duration, err error) {
	t.Lock()
	defer t.Unlock()
	t.Calls++
	t.ByRPC[rpc]++
	t.slowest = max(t.slowest, took)
	if err != nil {
		t.Failed++
		line, _ := json.Marshal(map[string]any{"time": now(), "failed": rpc, "pod": pod, "ms": took.Milliseconds(), "error": err.Error()})
		fmt.Println(string(line))
		return
	}
	t.ByPod[pod]++
}

func (t *tally) print(begun int) {
	t.Lock()
	defer t.Unlock()
	t.Retries = max(0, t.attempts-begun)
	line, _ := json.Marshal(report{now(), t.counts, t.slowest.Milliseconds()})
	fmt.Println(string(line))
	t.slowest = 0
}

func now() string { return time.Now().Format(time.RFC3339Nano) }

type client struct {
	stub     *grpcdynamic.Stub
	methods  []protoreflect.MethodDescriptor
	token    string
	deadline time.Duration
}

// Answers with the address of the pod that did.
func (c *client) call(method protoreflect.MethodDescriptor) (string, error) {
	ctx, cancel := context.WithTimeout(c.authorized(context.Background()), c.deadline)
	defer cancel()
	request := dynamicpb.NewMessage(method.Input())
	if err := protojson.Unmarshal([]byte(requests[string(method.Name())]), request); err != nil {
		return "", err
	}
	var from peer.Peer
	var err error
	if method.IsStreamingClient() {
		err = c.stream(ctx, method, request, &from)
	} else {
		var answer proto.Message
		answer, err = c.stub.InvokeRPC(ctx, method, request, grpc.Peer(&from))
		if err == nil && proto.Size(answer) == 0 {
			err = errors.New("an empty answer")
		}
	}
	if from.Addr == nil {
		return "", err
	}
	return from.Addr.String(), err
}

func (c *client) stream(ctx context.Context, method protoreflect.MethodDescriptor, request proto.Message, from *peer.Peer) error {
	const items = 2
	stream, err := c.stub.InvokeRPCBidiStream(ctx, method, grpc.Peer(from))
	if err != nil {
		return err
	}
	for range items {
		if err := stream.SendMsg(request); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
	}
	if err := stream.CloseSend(); err != nil {
		return err
	}
	answers := 0
	for {
		_, err := stream.RecvMsg()
		if errors.Is(err, io.EOF) {
			if answers != items {
				return fmt.Errorf("%d answers to %d articles", answers, items)
			}
			return nil
		}
		if err != nil {
			return err
		}
		answers++
	}
}

func (c *client) authorized(ctx context.Context) context.Context {
	if c.token == "" {
		return ctx
	}
	return metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+c.token)
}

// Learns the protocol from the server itself.
func (c *client) learn(conn *grpc.ClientConn) error {
	ctx, cancel := context.WithTimeout(c.authorized(context.Background()), 30*time.Second)
	defer cancel()
	reflection := grpcreflect.NewClientAuto(ctx, conn)
	defer reflection.Reset()
	file, err := reflection.FileContainingSymbol(service)
	if err != nil {
		return err
	}
	methods := file.Services().ByName("ArticleAnalysisService").Methods()
	for i := range methods.Len() {
		method := methods.Get(i)
		if _, ok := requests[string(method.Name())]; !ok {
			return fmt.Errorf("no request for %s", method.Name())
		}
		c.methods = append(c.methods, method)
	}
	return nil
}

func transport(ca string) (credentials.TransportCredentials, error) {
	if ca == "" {
		return insecure.NewCredentials(), nil
	}
	pem, err := os.ReadFile(ca)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s holds no certificate", ca)
	}
	return credentials.NewTLS(&tls.Config{RootCAs: roots}), nil
}

func run() error {
	target := flag.String("target", "", "what to call")
	config := flag.String("service-config", "", "a file with the gRPC service config")
	rate := flag.Float64("rate", 20, "calls a second")
	inFlight := flag.Int("in-flight", 200, "calls at the same time, at most")
	deadline := flag.Duration("deadline", 20*time.Second, "of each call")
	limit := flag.Duration("for", time.Hour, "how long, unless it is interrupted before")
	ca := flag.String("ca", "", "a file with the authority to trust, for TLS")
	authority := flag.String("authority", "", "the server's name, where the target doesn't tell it")
	token := flag.String("token-file", "", "a file with a bearer token")
	flag.Parse()

	var serviceConfig []byte
	var err error
	if *config != "" {
		if serviceConfig, err = os.ReadFile(*config); err != nil {
			return err
		}
	}
	security, err := transport(*ca)
	if err != nil {
		return err
	}
	counted := &tally{counts: counts{ByPod: map[string]int{}, ByRPC: map[string]int{}}}
	options := []grpc.DialOption{grpc.WithTransportCredentials(security), grpc.WithStatsHandler(counted), grpc.WithAuthority(*authority)}
	if len(serviceConfig) > 0 {
		options = append(options, grpc.WithDefaultServiceConfig(string(serviceConfig)))
	}
	conn, err := grpc.NewClient(*target, options...)
	if err != nil {
		return err
	}
	defer conn.Close()
	c := &client{stub: grpcdynamic.NewStub(conn), deadline: *deadline}
	if *token != "" {
		text, err := os.ReadFile(*token)
		if err != nil {
			return err
		}
		c.token = strings.TrimSpace(string(text))
	}
	if err := c.learn(conn); err != nil {
		return err
	}
	counted.Lock()
	begun := counted.attempts
	counted.Unlock()

	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, os.Interrupt)
	over := time.After(*limit)
	due := time.NewTicker(time.Duration(float64(time.Second) / *rate))
	second := time.NewTicker(time.Second)
	places := make(chan struct{}, *inFlight)
	var running sync.WaitGroup
	started := 0
loop:
	for {
		select {
		case <-stop:
			break loop
		case <-over:
			break loop
		case <-second.C:
			counted.print(begun + started)
		case <-due.C:
			method := c.methods[started%len(c.methods)]
			started++
			places <- struct{}{}
			running.Go(func() {
				defer func() { <-places }()
				began := time.Now()
				pod, err := c.call(method)
				counted.done(string(method.Name()), pod, time.Since(began), err)
			})
		}
	}
	running.Wait()
	counted.print(begun + started)
	if counted.Failed > 0 {
		return fmt.Errorf("%d of %d calls failed", counted.Failed, counted.Calls)
	}
	return nil
}

func main() {
	log.SetFlags(0)
	if err := run(); err != nil {
		log.Fatal("load: ", err)
	}
}
