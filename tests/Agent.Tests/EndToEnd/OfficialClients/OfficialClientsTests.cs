using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.Playground.Check;
using Agent.Tests.Providers.Local;

namespace Agent.Tests.EndToEnd.OfficialClients;

/// <summary>LiveKit's own clients, unchanged, against the server; what they hear is recognised again.</summary>
[Collection(nameof(RealTime))]
public sealed class OfficialClientsTests(LiveKitServerFixture server, LocalEngines engines)
    : IClassFixture<LiveKitServerFixture>, IClassFixture<LocalEngines>, IDisposable
{
    private const string Question = "please turn off the lights in the kitchen";
    private const string Answer = "she sells fresh bread and milk in the market";
    private const string Voice = "rms";

    private readonly WavFolder _files = new();

    [Fact]
    public async Task RtcNode_TwoParticipants_TalkAndExchangeEverything()
    {
        var settings = await SpeechAsync();

        var seen = await ClientScenario.RunAsync("rtc-node.mjs", server, settings);

        AssertJson("""
            {
              "joined": { "name": "Alice", "metadata": "first", "attributes": { "colour": "blue" } },
              "trackKind": "audio",
              "data": { "bytes": [1, 2, 3], "from": "alice" },
              "text": { "whole": true, "from": "alice", "mood": "good" },
              "attributes": { "colour": "green" },
              "metadata": "second",
              "name": "Alice B",
              "rpc": "42 for alice",
              "rpcUnknown": 1400,
              "duplicate": "DUPLICATE_IDENTITY"
            }
            """, seen);
        await AssertHeardAsync(Question, "heard.wav");
    }

    [Theory]
    [InlineData("resume", """["reconnected"]""")]
    [InlineData("full", """["republished", "reconnected"]""")]
    public async Task RtcNode_LosesItsConnection_IsHeardAgain(string kind, string events)
    {
        var settings = await SpeechAsync();
        settings["kind"] = kind;

        var seen = await ClientScenario.RunAsync("rtc-node-reconnect.mjs", server, settings);

        AssertJson($$"""{ "events": {{events}}, "data": [7] }""", seen);
        await AssertHeardAsync(Question, "heard.wav");
    }

    [Fact]
    public async Task ServerSdk_ManagesRoomAndParticipant()
    {
        var room = LiveKitServerFixture.NewRoomName();

        var seen = await ClientScenario.RunAsync("server-sdk.mjs", server, new JsonObject { ["room"] = room });

        AssertJson($$"""
            {
              "created": { "name": "{{room}}", "hasSid": true, "metadata": "lobby", "emptyTimeout": 60, "maxParticipants": 3 },
              "listed": 1,
              "participants": ["alice"],
              "tracks": [["microphone", false]],
              "muted": "alice",
              "attributes": { "seat": "3" },
              "updated": ["set by the back end", "Alice C", "3"],
              "data": ["hello", "news"],
              "roomMetadata": "hall",
              "unknown": "not_found",
              "removed": "PARTICIPANT_REMOVED",
              "deleted": "ROOM_DELETED",
              "left": 0,
              "verified": "carol",
              "refused": 401
            }
            """, seen);
    }

    [Theory]
    [InlineData("automatic", "(nothing)")]
    [InlineData("api", "by api")]
    [InlineData("token", "by token")]
    public async Task AgentsWorker_IsDispatched_JoinsAndLeaves(string dispatch, string told)
    {
        var seen = await ClientScenario.RunAsync("agent-worker.mjs", server, new JsonObject { ["dispatch"] = dispatch });

        Assert.Equal("AGENT", seen.GetProperty("kind").GetString());
        Assert.Equal(told, seen.GetProperty("told").GetString());
        Assert.True(seen.GetProperty("left").GetBoolean());
        Assert.Contains(
            seen.GetProperty("asked").GetString(), seen.GetProperty("listed").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task Browser_WithAMicrophone_TalksAndReconnects()
    {
        var settings = await SpeechAsync();

        var seen = await ClientScenario.RunAsync("browser.mjs", server, settings);

        AssertJson("""
            {
              "state": "connected",
              "attributes": { "from": "browser" },
              "dataAtPage": [4, 2, "bob", "numbers"],
              "textAtPage": ["hello page", "bob"],
              "textAtPeer": ["hello bob", "page"],
              "dataAtPeer": [9],
              "muted": "page",
              "stateAfterReconnects": "connected",
              "complaints": []
            }
            """, seen);
        // The file starts over and over, and is heard from somewhere in the middle of it.
        await AssertHeardAsync(Question, "heardByPeer.wav");
        await AssertHeardAsync(Answer, "heardByPage.wav");
    }

    public void Dispose() => _files.Dispose();

    private static void AssertJson(string expected, JsonElement actual)
    {
        var wanted = JsonNode.Parse(expected);
        var seen = JsonNode.Parse(actual.GetRawText());
        Assert.True(JsonNode.DeepEquals(wanted, seen), $"Expected {wanted?.ToJsonString()}\nbut saw {seen?.ToJsonString()}");
    }

    private async Task<JsonObject> SpeechAsync()
    {
        var question = await LocalEngines.SayAsync(Question + ".", Voice);
        return new JsonObject
        {
            ["speech"] = _files.Write("speech.wav", question),
            ["speechSeconds"] = question.Length / 16_000.0,
            ["answer"] = _files.Write("answer.wav", await LocalEngines.SayAsync(Answer + ".", Voice)),
            ["heard"] = _files.PathOf("heard.wav"),
            ["heardByPeer"] = _files.PathOf("heardByPeer.wav"),
            ["heardByPage"] = _files.PathOf("heardByPage.wav"),
        };
    }

    // Two thirds of the words in their order: a machine that is busy with other tests drops packets, and the recogniser is only human.
    private async Task AssertHeardAsync(string said, string file)
    {
        var heard = LocalEngines.Finals(await engines.HearAsync(_files.Read(file)));
        Assert.True(WordRecall.Of(said, heard) >= 2.0 / 3, $"Said \"{said}\", heard \"{heard}\".");
    }
}
