package main

import (
	"fmt"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protopath"
	"google.golang.org/protobuf/reflect/protorange"
	"google.golang.org/protobuf/reflect/protoreflect"

	newsprism "newsprism.example/client/gen/newsprism/v1"
)

// checkSpans counts the spans at any depth of an answer, each of which must give its own text. They index the very strings
// that were sent, since their offsets are asked for in bytes.
func checkSpans(article *newsprism.Article, answer proto.Message) (count int, err error) {
	err = protorange.Range(answer.ProtoReflect(), func(values protopath.Values) error {
		message, ok := values.Index(-1).Value.Interface().(protoreflect.Message)
		if !ok {
			return nil
		}
		span, ok := message.Interface().(*newsprism.TextSpan)
		if !ok {
			return nil
		}
		count++
		source := article.Content
		if span.Field == newsprism.SourceField_SOURCE_FIELD_TITLE {
			source = article.Title
		}
		start, end := int(span.StartOffset), int(span.EndOffset)
		if start > end || end > len(source) || source[start:end] != span.Text {
			return fmt.Errorf("[%d, %d) is not %q", start, end, span.Text)
		}
		return nil
	})
	return count, err
}
