using Agent.Pipeline.EndOfTurn;
using Agent.Pipeline.Errors;
using Agent.Pipeline.History;
using Agent.Tests.Tools;

namespace Agent.Tests.Pipeline.EndOfTurn;

public sealed class TextTurnDetectorTests : IDisposable
{
    private readonly TextTurnDetector _detector = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("turn-languages");

    [Theory]
    [InlineData("", "i would like to", "the last word needs another")]
    [InlineData("", "i want", "a verb without its object")]
    [InlineData("", "can you", "a question just begun")]
    [InlineData("", "i called and then they", "a subject without its verb")]
    [InlineData("", "if you come on monday", "a clause that needs another")]
    [InlineData("", "call me tomorrow because", "the last word needs another")]
    [InlineData("", "i think it was um", "a hesitation")]
    [InlineData("", "well ummm", "a hesitation")]
    [InlineData("", "let me think", "time was asked for")]
    [InlineData("", "hold on i'm looking for my card", "time was asked for")]
    [InlineData("", "On Monday, or", "the last word needs another")]
    [InlineData("", "So I told him…", "a sentence broken off")]
    [InlineData("", "i have three questions", "more was announced")]
    [InlineData("What is your phone number?", "five five five", "a number being dictated")]
    [InlineData("What is your phone number?", "five five five oh one double", "a number being dictated")]
    [InlineData("What is your phone number?", "555-01", "a number being dictated")]
    [InlineData("Please tell me the six digit code.", "one two three four", "a number being dictated")]
    [InlineData("What is your email?", "ada at example", "an e-mail address being dictated")]
    [InlineData("What is your email?", "ada at example dot", "the last word needs another")]
    [InlineData("What is your email?", "ada@example", "an e-mail address being dictated")]
    [InlineData("Could you spell your name?", "c o h", "a word being spelled")]
    [InlineData("What is your address?", "forty two", "an address being dictated")]
    [InlineData("What is your date of birth?", "june third", "a date or time being dictated")]
    [InlineData("When?", "the twenty third of", "the last word needs another")]
    public async Task EstimateAsync_UserGoesOn_IsUnfinished(string agent, string text, string reason)
    {
        var estimate = await Ask(agent, text);

        Assert.NotNull(estimate);
        Assert.InRange(estimate.Probability, 0, 0.49);
        Assert.Equal(reason, estimate.Reason);
    }

    [Theory]
    [InlineData("", "i'd like a table for two please", "a whole phrase")]
    [InlineData("", "what time do you close", "a whole question")]
    [InlineData("", "what's it for", "nothing speaks for more")]
    [InlineData("", "it's open on sundays isn't it", "a tag question")]
    [InlineData("", "that's all", "a closing phrase")]
    [InlineData("", "turn it on", "nothing speaks for more")]
    [InlineData("", "i've never seen this before", "a whole phrase")]
    [InlineData("Is that correct?", "yes", "a whole answer")]
    [InlineData("Do you agree?", "yes i do", "a whole answer")]
    [InlineData("How many people?", "five", "what was asked for")]
    [InlineData("Why are you calling?", "because my bill is wrong", "what was asked for")]
    [InlineData("What is your phone number?", "five five five oh one nine nine two three four", "a whole number")]
    [InlineData("What is your phone number?", "+1 415 555 0134", "a whole number")]
    [InlineData("What are the last four digits?", "six seven eight nine", "a whole number")]
    [InlineData("What is your email?", "ada at example dot com", "a whole e-mail address")]
    [InlineData("What is your email?", "ada@example.com", "a whole e-mail address")]
    [InlineData("Could you spell your name?", "cohen c o h e n", "a whole word spelled")]
    [InlineData("What is your address?", "forty two oak street", "a whole address")]
    [InlineData("What is your date of birth?", "june third nineteen eighty five", "a whole date")]
    public async Task EstimateAsync_UserIsDone_IsFinished(string agent, string text, string reason)
    {
        var estimate = await Ask(agent, text);

        Assert.NotNull(estimate);
        Assert.InRange(estimate.Probability, 0.5, 1);
        Assert.Equal(reason, estimate.Reason);
    }

    [Fact]
    public async Task EstimateAsync_SameWordsToAnotherQuestion_MeanSomethingElse()
    {
        var asPhoneNumber = await Ask("What is your phone number?", "five five");
        var asSize = await Ask("How tall are you?", "five five");

        Assert.True(asPhoneNumber!.Probability < 0.1);
        Assert.True(asSize!.Probability > 0.5);
    }

    [Fact]
    public async Task EstimateAsync_QuestionAnsweredBefore_IsForgotten()
    {
        HistoryItem[] history = [new AgentMessage("1", TimeSpan.Zero, "What is your phone number?", Interrupted: false), new UserMessage("2", TimeSpan.Zero, "I have none.", "user")];

        var estimate = await _detector.EstimateAsync(new TurnQuestion { Text = "five", History = history }, CancellationToken.None);

        Assert.NotEqual("a number being dictated", estimate!.Reason);
    }

    [Fact]
    public async Task EstimateAsync_PunctuationOfTheRecogniser_IsEvidenceAndNoProof()
    {
        var bare = await Ask("", "I'd like a coffee");
        var stopped = await Ask("", "I'd like a coffee.");
        var open = await Ask("", "I'd like to.");

        Assert.True(stopped!.Probability > bare!.Probability);
        Assert.True(open!.Probability < 0.5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("...")]
    public async Task EstimateAsync_NoWords_HasNoOpinion(string text) => Assert.Null(await Ask("", text));

    [Theory]
    [InlineData("de", "ich möchte einen termin für", false)]
    [InlineData("de-AT", "ich möchte einen termin für montag", true)]
    [InlineData("EN-us", "i want the", false)]
    [InlineData(null, "i want the", false)]
    public async Task EstimateAsync_LanguageTag_ChoosesTheFile(string? language, string text, bool isFinished)
    {
        var estimate = await _detector.EstimateAsync(new TurnQuestion { Text = text, Language = language }, CancellationToken.None);

        Assert.Equal(isFinished, estimate!.Probability >= _detector.Threshold);
    }

    [Fact]
    public async Task EstimateAsync_LanguageWithoutAFile_HasNoOpinion() =>
        Assert.Null(await _detector.EstimateAsync(new TurnQuestion { Text = "je voudrais", Language = "fr" }, CancellationToken.None));

    [Fact]
    public async Task EstimateAsync_FileOfTheUser_AddsALanguage()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "fr.json"), English().Replace("\"filler\": \"um", "\"filler\": \"euh", StringComparison.Ordinal));
        var detector = new TextTurnDetector(new TextTurnDetectorOptions { LanguageDirectory = _directory.FullName });

        var estimate = await detector.EstimateAsync(new TurnQuestion { Text = "je voudrais euh", Language = "fr" }, CancellationToken.None);

        Assert.Equal("a hesitation", estimate!.Reason);
        Assert.Contains("fr", detector.Languages);
    }

    [Theory]
    [InlineData("\"filler\"", "\"fillers\"", "fillers")]
    [InlineData("\"filler\"", "\"anyVerb\"", "anyVerb")]
    [InlineData("\"hold\"", "\"asked\"", "asked")]
    [InlineData("\"prior\": 1.0,", "", "Prior")]
    [InlineData("\"prior\": 1.0,", "\"prior\": 1000,", "prior")]
    [InlineData("\"values\"", "\"value\"", "values")]
    [InlineData("\"double\": \"double\"", "\"double\": 2", "double")]
    [InlineData("\"phrases\": {", "\"phrases\": [", "JSON")]
    public void Constructor_BadLanguageFile_NamesFileAndFault(string good, string bad, string fault)
    {
        var path = Path.Combine(_directory.FullName, "xx.json");
        File.WriteAllText(path, English().Replace(good, bad, StringComparison.Ordinal));

        var error = Assert.Throws<ConfigurationException>(() => new TextTurnDetector(new TextTurnDetectorOptions { LanguageDirectory = _directory.FullName }));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_UnknownDefaultLanguage_SaysWhatIsKnown()
    {
        var error = Assert.Throws<ConfigurationException>(() => new TextTurnDetector(new TextTurnDetectorOptions { DefaultLanguage = "tlh" }));

        Assert.Contains("de, en", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_ThresholdOutOfRange_IsRefused() =>
        Assert.Throws<ConfigurationException>(() => new TextTurnDetector(new TextTurnDetectorOptions { Threshold = 1.5 }));

    [Fact]
    public async Task EstimateAsync_VeryLongTurn_IsJudgedByItsEnd()
    {
        var estimate = await Ask("", string.Concat(Enumerable.Repeat("and then we went to the shop ", 500)) + "and bought the");

        Assert.True(estimate!.Probability < 0.5);
    }

    [Fact]
    public async Task EstimateAsync_TypographicApostrophe_IsAnApostrophe()
    {
        var estimate = await Ask("", "yes i’m");

        Assert.Equal("a verb without its object", estimate!.Reason);
    }

    [Fact]
    public async Task EstimateAsync_AnyQuestion_AllocatesLittleMoreThanTheAnswer()
    {
        var question = new TurnQuestion { Text = "so i bought this laptop last month and now it won't turn on", Language = "en-US" };
        for (var i = 0; i < 10; i++)
            await _detector.EstimateAsync(question, CancellationToken.None);

        var before = GC.GetAllocatedBytesForCurrentThread();
        await _detector.EstimateAsync(question, CancellationToken.None);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 128);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static string English() => Repository.Text("src", "Agent.Pipeline", "EndOfTurn", "Languages", "en.json");

    private ValueTask<TurnEstimate?> Ask(string agent, string text) => _detector.EstimateAsync(
        new TurnQuestion { Text = text, Language = "en", History = agent.Length == 0 ? [] : [new AgentMessage("1", TimeSpan.Zero, agent, Interrupted: false)] },
        CancellationToken.None);
}
