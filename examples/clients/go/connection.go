package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"os"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
)

// An answer can have ten times the bytes of its article, more than the 4 MiB that gRPC takes unless told.
const maxAnswerBytes = 64 << 20

// connection says where the server is, and who is calling.
type connection struct {
	server, serviceConfig string
	// ca turns TLS on; cert and key make it mutual.
	ca, cert, key string
	token         string
}

// open makes a channel that retries by the published service config.
func (connection connection) open() (*grpc.ClientConn, error) {
	serviceConfig, err := os.ReadFile(connection.serviceConfig)
	if err != nil {
		return nil, err
	}
	transport, err := connection.credentials()
	if err != nil {
		return nil, err
	}
	options := []grpc.DialOption{
		grpc.WithDefaultServiceConfig(string(serviceConfig)),
		grpc.WithTransportCredentials(transport),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxAnswerBytes)),
	}
	if connection.token != "" {
		options = append(options, grpc.WithPerRPCCredentials(bearer(connection.token)))
	}
	return grpc.NewClient(connection.server, options...)
}

func (connection connection) credentials() (credentials.TransportCredentials, error) {
	if connection.ca == "" {
		return insecure.NewCredentials(), nil
	}
	authority, err := os.ReadFile(connection.ca)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{RootCAs: x509.NewCertPool()}
	if !config.RootCAs.AppendCertsFromPEM(authority) {
		return nil, errors.New("no certificate in " + connection.ca)
	}
	if connection.cert != "" {
		certificate, err := tls.LoadX509KeyPair(connection.cert, connection.key)
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{certificate}
	}
	return credentials.NewTLS(config), nil
}

// bearer is a token that goes with every call.
type bearer string

func (token bearer) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	return map[string]string{"authorization": "Bearer " + string(token)}, nil
}

func (bearer) RequireTransportSecurity() bool { return true }
