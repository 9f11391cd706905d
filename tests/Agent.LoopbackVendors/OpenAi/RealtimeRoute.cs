using Agent.LoopbackVendors.OpenAi.Realtime;
using Agent.LoopbackVendors.OpenAi.RealtimeTranscription;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.OpenAi;

/// <summary>
/// <c>GET /v1/realtime</c>: <c>intent=transcription</c> makes a session that only transcribes, <c>model=…</c> one that hears and speaks.
/// Source: https://developers.openai.com/api/docs/guides/realtime-transcription.
/// </summary>
internal sealed class RealtimeRoute : IVendorServer
{
    public void Map(IEndpointRouteBuilder routes, VendorWorld world) => routes.MapGet("/v1/realtime", context => ServeAsync(context, world));

    private static Task ServeAsync(HttpContext context, VendorWorld world)
    {
        var intent = context.Request.Query["intent"].ToString();
        return intent switch
        {
            "transcription" => TranscriptionSessionServer.ServeAsync(context, world),
            "" when context.Request.Query["model"].ToString().Length > 0 => RealtimeSessionServer.ServeAsync(context, world),
            _ => OpenAiAnswers.RefuseAsync(context, "You must provide a model parameter.", "model", "missing_model"),
        };
    }
}
