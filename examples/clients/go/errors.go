package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/genproto/googleapis/rpc/code"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/status"
)

// describe says all there is to a status, for a person to read.
func describe(status *status.Status) string {
	text := &strings.Builder{}
	fmt.Fprintf(text, "%s: %s", code.Code(status.Code()), status.Message())
	for _, detail := range status.Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			var metadata []string
			for _, name := range slices.Sorted(maps.Keys(detail.Metadata)) {
				metadata = append(metadata, name+"="+detail.Metadata[name])
			}
			fmt.Fprintf(text, "\n  reason: %s of %s (%s)", detail.Reason, detail.Domain, strings.Join(metadata, " "))
		case *errdetails.BadRequest:
			for _, violation := range detail.FieldViolations {
				fmt.Fprintf(text, "\n  field: %s: %s", violation.Field, violation.Description)
			}
		case *errdetails.RetryInfo:
			fmt.Fprintf(text, "\n  retry after: %.3f s", detail.RetryDelay.AsDuration().Seconds())
		}
	}
	return text.String()
}
