using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Agent.LoopbackVendors.Serving;
using Agent.Providers.AzureSpeech.Usp;

namespace Agent.LoopbackVendors.AzureSpeech;

/// <summary>
/// One connection of a synthesizer: requests one after the other, each with <c>synthesis.context</c> and either <c>ssml</c>, or <c>text.piece</c>s and a
/// <c>text.end</c>. <c>synthesis.control</c> with <c>stop</c> ends what is being spoken.
/// </summary>
/// <param name="socket">The connection.</param>
/// <param name="world">What all share.</param>
/// <param name="takesTextStreams">Whether it is the endpoint for streams of text.</param>
internal sealed class SynthesisSession(LoopbackSocket socket, VendorWorld world, bool takesTextStreams) : UspSession(socket, world)
{
    private static readonly XNamespace s_ssml = "http://www.w3.org/2001/10/synthesis";

    private SynthesisOrder? _order;
    private SynthesisRun? _run;

    protected override async Task TakeAsync(string path, string requestId, UspMessage message)
    {
        switch (path)
        {
            case "synthesis.context":
                Require(_run is null or { IsOver: true }, "A request is under way.");
                await EndAsync();
                _order = SynthesisOrder.Read(requestId, Json(message), takesTextStreams);
                _run = new SynthesisRun(_order, World.Engines.Synthesizer, SendAsync, SendAudioAsync);
                if (_order.IsTextStream)
                    _run.Begin();
                break;
            case "ssml":
                var run = RunOf(requestId, isTextStream: false);
                run.Begin();
                run.Write(TextOf(Encoding.UTF8.GetString(message.Body.Span)), isMarkup: true);
                run.Finish();
                break;
            case "text.piece":
                RunOf(requestId, isTextStream: true).Write(Encoding.UTF8.GetString(message.Body.Span), isMarkup: false);
                break;
            case "text.end":
                RunOf(requestId, isTextStream: true).Finish();
                break;
            case "synthesis.control":
                Require(At(Json(message), "action") is { ValueKind: JsonValueKind.String } action && action.GetString() == "stop", "Unknown action.");
                if (_run is not null && string.Equals(_order?.RequestId, requestId, StringComparison.OrdinalIgnoreCase))
                    await _run.StopAsync();
                break;
            default:
                throw new ProtocolViolationException($"Unexpected message path {path}.");
        }
    }

    protected override Task EndAsync() => _run?.EndAsync() ?? Task.CompletedTask;

    private SynthesisRun RunOf(string requestId, bool isTextStream)
    {
        Require(_run is not null && string.Equals(_order!.RequestId, requestId, StringComparison.OrdinalIgnoreCase), "No synthesis.context for this request.");
        Require(_order!.IsTextStream == isTextStream, "The request's context says otherwise.");
        return _run!;
    }

    private static string TextOf(string ssml)
    {
        XElement speak;
        try
        {
            speak = XElement.Parse(ssml, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            throw new ProtocolViolationException("SSML parsing error.");
        }

        Require(speak.Name == s_ssml + "speak" && speak.Attribute(XNamespace.Xml + "lang") is not null, "SSML needs speak with xml:lang.");
        Require(speak.Elements(s_ssml + "voice").Any(static voice => !string.IsNullOrEmpty((string?)voice.Attribute("name"))), "SSML needs a voice with a name.");
        return speak.Value;
    }
}
