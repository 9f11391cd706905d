using System.Text.Json.Serialization;
using Agent.Providers.OpenAi.Wire;

namespace Agent.Providers.OpenAi.Realtime.Wire;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SessionUpdate))]
[JsonSerializable(typeof(BufferEdit))]
[JsonSerializable(typeof(ItemCreate))]
[JsonSerializable(typeof(ItemDelete))]
[JsonSerializable(typeof(ItemTruncate))]
[JsonSerializable(typeof(ResponseCreate))]
[JsonSerializable(typeof(ResponseCancel))]
[JsonSerializable(typeof(ResponseEvent))]
[JsonSerializable(typeof(ResponseText))]
[JsonSerializable(typeof(ResponseItemDone))]
[JsonSerializable(typeof(InputCommitted))]
[JsonSerializable(typeof(InputTranscriptionEvent))]
[JsonSerializable(typeof(RealtimeErrorEvent))]
internal sealed partial class OpenAiRealtimeJson : JsonSerializerContext;
