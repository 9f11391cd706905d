using System.Text.Json;

namespace Agent.DevServer.Rooms;

/// <summary>A candidate as clients trickle it: the JSON of a browser's RTCIceCandidateInit.</summary>
internal static class TrickledCandidate
{
    public static bool TryRead(string json, out string candidate)
    {
        candidate = "";
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("candidate", out var value)
                || value.ValueKind != JsonValueKind.String)
            {
                return false;
            }

            candidate = value.GetString()!;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
