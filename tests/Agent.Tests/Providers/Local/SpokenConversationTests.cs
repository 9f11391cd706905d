namespace Agent.Tests.Providers.Local;

public sealed class SpokenConversationTests(LocalEngines engines) : IClassFixture<LocalEngines>
{
    public static TheoryData<string, string> Sentences()
    {
        var data = new TheoryData<string, string>();
        foreach (var voice in (string[])["slt", "rms"])
        {
            foreach (var sentence in (string[])
                     [
                         "what time is it", "what is my name", "what can you do",
                         "please turn off the lights in the kitchen", "can you help me find the nearest train station",
                         "she sells fresh bread and milk in the market", "we are going to the beach with our children next summer",
                     ])
                data.Add(voice, sentence);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Sentences))]
    public async Task SpokenByFlite_HeardByPocketsphinx_IsTheSameWordForWord(string voice, string sentence)
    {
        var samples = await LocalEngines.SayAsync(sentence + ".", voice);

        Assert.Equal(sentence, LocalEngines.Finals(await engines.HearAsync(samples)));
    }
}
