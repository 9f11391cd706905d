using Agent.Protocol;

namespace Agent.Tests.DevServer;

/// <summary>A client that speaks signalling only.</summary>
internal sealed class TestClient : TestSocket<SignalResponse, SignalRequest>
{
    public JoinResponse Joined { get; private set; } = new();

    public string Sid => Joined.Participant.Sid;

    public static async Task<TestClient> JoinAsync(TestServer server, string token, string query = "")
    {
        var client = new TestClient();
        await client.ConnectAsync(server, token, query);
        client.Joined = (await client.ReceiveAsync(m => m.MessageCase == SignalResponse.MessageOneofCase.Join)).Join;
        return client;
    }

    public Task ConnectAsync(TestServer server, string token, string query = "") =>
        ConnectAsync(new Uri(server.Server.Url, "/rtc?protocol=17&sdk=js&version=2.23.0&access_token=" + token + query), token: null);

    public async Task<ParticipantInfo> UpdateOfAsync(string identity, Predicate<ParticipantInfo> condition)
    {
        ParticipantInfo? found = null;
        await ReceiveAsync(m => m.MessageCase == SignalResponse.MessageOneofCase.Update
            && (found = m.Update.Participants.FirstOrDefault(p => p.Identity == identity && condition(p))) is not null);
        return found!;
    }
}
