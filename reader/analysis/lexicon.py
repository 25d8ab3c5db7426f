"""Words that the news uses in several languages, by their English one: courts, politics, disasters, health, money, sport.

With them an article in French and one in German on the same decision share terms, not only names and numbers. Written for this
program; a word that is written alike, or has the same stem, needs no entry.
"""

# ruff: noqa: E501 - a table, with one word a line

from __future__ import annotations

LANGUAGES = ("fr", "de", "es", "it", "nl", "pt")

# English: French | German | Spanish | Italian | Dutch | Portuguese; several words of one language are parted by spaces. A German
# or Dutch compound stands for as many English words as are joined by "+".
WORDS = """
fine: amende | bußgeld geldbuße geldstrafe bußgelder | multa | multa ammenda | boete | multa coima
sanction: sanction pénalité | sanktion strafe | sanción | sanzione | sanctie | sanção
order: ordonne injonction ordonné | anordnung ordnet angeordnet | ordena orden | ordina ordine ingiunge | bevel beveelt gelast | ordem ordena
ban: interdit interdiction interdire interdites | verbot verbietet verboten untersagt verbote | prohíbe prohibición prohibidas | vieta divieto vietate divieti | verbod verbiedt verboden | proíbe proibição
court: tribunal cour | gericht gerichtshof | tribunal corte | tribunale corte | rechtbank hof | tribunal
ruling: arrêt jugement | urteil | sentencia fallo | sentenza | vonnis arrest uitspraak | acórdão sentença
judge: juge juges | richter | juez jueces | giudice giudici | rechter | juiz
appeal: appel recours | berufung klage | apelación recurso | appello ricorso | beroep | recurso
complaint: plainte réclamation | beschwerde | denuncia reclamación queja | reclamo denuncia | klacht | queixa reclamação
investigation: enquête | untersuchung ermittlung ermittlungen | investigación | indagine inchiesta | onderzoek | investigação
decision: décision | entscheidung beschluss | decisión | decisione | besluit beslissing | decisão
law: loi droit | gesetz recht | ley derecho | legge diritto | wet recht | lei direito
regulation: règlement | verordnung | reglamento | regolamento | verordening | regulamento
directive: directive | richtlinie | directiva | direttiva | richtlijn | diretiva
agreement: accord | einigung abkommen | acuerdo | accordo | akkoord overeenkomst | acordo
vote: vote voté adopte | abstimmung stimmt | voto votación aprueba | voto approva | stemming stemt | voto aprova
parliament: parlement | parlament | parlamento | parlamento | parlement | parlamento
council: conseil | rat | consejo | consiglio | raad | conselho
government: gouvernement | regierung bundesregierung | gobierno | governo | regering kabinet | governo
minister: ministre | minister innenminister | ministro ministra | ministro ministra | minister | ministro
police: police policiers | polizei | policía policial | polizia | politie | polícia
state: état états | staat land länder | estado | stato | staat | estado
country: pays | land länder | país países | paese paesi | land landen | país
citizen: citoyen citoyens | bürger | ciudadano ciudadanos | cittadino cittadini | burger burgers | cidadão
people: personnes gens | menschen personen leute | personas gente | persone | mensen personen | pessoas
authority: autorité | behörde aufsicht | autoridad agencia | autorità garante | autoriteit toezichthouder | autoridade
regulator: régulateur gendarme | aufsichtsbehörde datenschutzbehörde | regulador | regolatore | toezichthouder waakhond | regulador
data: données | daten | datos | dati | gegevens data | dados
privacy: vie privée confidentialité | datenschutz privatsphäre | privacidad intimidad | privacy riservatezza | privacy | privacidade
protection: protection | schutz | protección | protezione | bescherming | proteção
personal: personnelles personnel | personenbezogene persönliche | personales personal | personali personale | persoonlijke persoonsgegevens | pessoais
face: visage faciale visages | gesicht gesichter gesichts | rostro facial cara | volto facciale viso volti | gezicht gezichts | rosto facial
recognition: reconnaissance | erkennung | reconocimiento | riconoscimento | herkenning | reconhecimento
facial+recognition: - | gesichtserkennung | - | - | gezichtsherkenning | -
biometric: biométrique biométriques biométrie | biometrische biometrie | biométrico biométricos biometría | biometrico biometrici biometria | biometrische biometrie | biométrico
fingerprint: empreinte empreintes digitales | fingerabdruck fingerabdrücke | huella huellas dactilares | impronta impronte | vingerafdruk vingerafdrukken | impressões
identity: identité | identität | identidad | identità | identiteit | identidade
card: carte cartes | ausweis karte | tarjeta carné documento | carta | kaart | cartão
identity+card: - | personalausweis ausweis | - | - | identiteitskaart | -
wallet: portefeuille | brieftasche wallet | cartera monedero | portafoglio | portemonnee wallet | carteira
retention: conservation | speicherung | conservación retención | conservazione | bewaring opslag | conservação
data+retention: - | vorratsdatenspeicherung vorratsdaten | - | - | dataretentie bewaarplicht | -
surveillance: surveillance | überwachung | vigilancia | sorveglianza | toezicht bewaking | vigilância
camera: caméra caméras vidéosurveillance | kamera kameras videoüberwachung | cámara cámaras videovigilancia | telecamera telecamere videosorveglianza | camera cameratoezicht | câmara
border: frontière frontières | grenze grenzen | frontera fronteras | frontiera frontiere | grens grenzen | fronteira
entry: entrée entrées | einreise | entrada entradas | ingressi ingresso | inreis | entrada
exit: sortie sorties | ausreise | salida salidas | uscite uscita | uitreis | saída
traveller: voyageur voyageurs | reisende reisenden | viajero viajeros | viaggiatore viaggiatori | reiziger reizigers | viajante
passport: passeport | pass reisepass | pasaporte | passaporto | paspoort | passaporte
school: école lycée lycées écoles | schule schulen | escuela colegio | scuola scuole | school scholen | escola
student: élèves lycéens étudiants | schüler studenten | alumnos estudiantes | studenti alunni | leerlingen studenten | alunos
child: enfant enfants mineurs | kind kinder | niño niños menores | bambini minori | kind kinderen | crianças
worker: travailleur salariés employés | arbeitnehmer beschäftigte mitarbeiter | trabajador empleados | lavoratore lavoratori dipendenti | werknemer werknemers | trabalhadores
company: entreprise société | unternehmen firma | empresa compañía | azienda società impresa | bedrijf onderneming | empresa
shop: magasin magasins | laden geschäft händler | tienda tiendas supermercado | negozio negozi | winkel winkels | loja
user: utilisateur utilisateurs | nutzer | usuario usuarios | utente utenti | gebruiker gebruikers | utilizador
image: image images photos | bild bilder fotos | imagen imágenes fotos | immagine immagini foto | beeld beelden foto | imagem
consent: consentement | einwilligung zustimmung | consentimiento | consenso | toestemming | consentimento
right: droit droits | rechte grundrechte | derecho derechos | diritti | rechten grondrechten | direitos
illegal: illégal illégale illicite | rechtswidrig illegal | ilegal ilícito | illegale illecito | onrechtmatig illegaal | ilegal
legal: légal juridique | rechtlich rechtmäßig | legal jurídico | legale giuridico | juridisch wettelijk | legal
delete: supprimer effacer suppression | löschen löschung | borrar eliminar suprimir | cancellare eliminare cancellazione | wissen verwijderen | apagar eliminar
collect: collecte collecter | sammelt gesammelt erhebung | recoge recopila recogida | raccoglie raccolta | verzamelt verzamelen | recolha
system: système | system | sistema | sistema | systeem | sistema
intelligence: intelligence | intelligenz geheimdienst | inteligencia | intelligenza | intelligentie inlichtingen | inteligência
artificial: artificielle | künstliche künstlicher ki | artificial ia | artificiale ia | kunstmatige ai | artificial
artificial+intelligence: ia | ki | ia | ia | ai | ia
prohibited: interdites | verbotene | prohibidas prohibidos | vietate | verboden | proibidas
rule: règle règles | regel regeln vorschriften | norma normas regla | norma norme regole | regel regels | regras
deadline: échéance délai | frist stichtag | plazo fecha | scadenza termine | termijn deadline | prazo
month: mois | monat monate | mes meses | mese mesi | maand maanden | mês meses
week: semaine | woche wochen | semana semanas | settimana settimane | week weken | semana
year: an ans année | jahr jahre | año años | anno anni | jaar | ano anos
day: jour jours | tag tage | día días | giorno giorni | dag dagen | dia
million: million millions | million millionen | millón millones | milione milioni | miljoen | milhão milhões
billion: milliard milliards | milliarde milliarden | - | miliardo miliardi | miljard | bilhão
first: premier première | erste erster | primer primera | primo prima | eerste | primeiro
new: nouveau nouvelle nouvelles | neue neuer neues | nuevo nueva nuevas | nuovo nuova nuovi | nieuw nieuwe | novo nova
world: monde mondial | welt | mundo mundial | mondo mondiale | wereld | mundo
europe: europe européen européenne | europa europäische eu | europa europeo ue | europa europeo ue | europa europese eu | europa europeu
union: union | union | unión | unione | unie | união
germany: allemagne allemand | deutschland deutsche deutscher | alemania alemán | germania tedesco | duitsland duitse | alemanha
france: france français | frankreich französische | francia francés | francia francese | frankrijk franse | frança
spain: espagne espagnol | spanien spanische | españa español | spagna spagnolo | spanje spaanse | espanha
italy: italie italien | italien italienische | italia italiano | italia italiano | italië italiaanse | itália
netherlands: - | niederlande niederländische | holandés | olandese | nederland nederlandse | holanda
britain: britannique royaume | britische großbritannien | británico reino | britannico regno | brits | britânico
america: américain états-unis usa | amerikanische usa | estadounidense eeuu | americano usa | amerikaanse vs | americano eua
china: chine chinois | china chinesische | china chino | cina cinese | china chinese | chineses
japan: japon japonais | japan japanische | japón japonés | giappone giapponese | japan japanse | japão
russia: russie russe | russland russische | rusia ruso | russia russo | rusland russische | rússia
brazil: brésil | brasilien | brasil brasileño | brasile | brazilië | brasil brasileira
switzerland: suisse | schweiz | suiza | svizzera | zwitserland | suíça
poland: pologne | polen | polonia | polonia | polen | polónia
greece: grèce | griechenland | grecia | grecia | griekenland | grécia
turkey: turquie | türkei | turquía | turchia | turkije | turquia
olympic: jeux olympiques jo | olympia olympische olympischen spiele | juegos olímpicos jjoo | giochi olimpici olimpiadi | olympische spelen | olímpicos jogos
game: jeux jeu match | spiel spiele | juego juegos partido | gioco giochi partita | spel wedstrijd | jogo jogos
team: équipe | mannschaft team | equipo selección | squadra | ploeg team | equipe seleção
athlete: athlète athlètes sportifs | athlet sportler athleten | atleta deportista atletas | atleta atleti | atleet sporters | atleta atletas
ceremony: cérémonie | feier zeremonie | ceremonia | cerimonia | ceremonie | cerimônia
opening: ouverture | eröffnung | apertura inauguración | apertura inaugurazione | opening | abertura
opening+ceremony: - | eröffnungsfeier | - | - | openingsceremonie | -
medal: médaille | medaille | medalla | medaglia | medaille | medalha
gold: or | gold | oro | oro | goud | ouro
silver: argent | silber | plata | argento | zilver | prata
women: femmes féminin | frauen | mujeres femenino | donne femminile | vrouwen | mulheres feminino
men: hommes masculin | männer herren | hombres masculino | uomini maschile | mannen | homens masculino
win: gagne remporte victoire bat | gewinnt sieg besiegt | gana victoria vence | vince vittoria batte | wint overwinning verslaat | vence vitória ganha
final: finale | finale | final | finale | finale | final
football: foot football | fußball | fútbol | calcio | voetbal | futebol
basketball: basket | basketball | baloncesto básquet | basket pallacanestro | basketbal | basquete
swimming: natation | schwimmen | natación | nuoto | zwemmen | natação
virus: virus coronavirus | virus coronavirus corona | virus coronavirus | virus coronavirus | virus coronavirus | vírus coronavírus
positive: positif positive positifs | positiv | positivo positivos | positivo positivi | positief | positivo positivos
test: test tests | test tests getestet | prueba test pruebas | test | test getest | teste testa
case: cas affaire | fall fälle | caso casos | caso casi | geval zaak | caso casos
emergency: urgence | notstand notfall | emergencia | emergenza | noodtoestand | emergência
health: santé sanitaire | gesundheit | salud sanitario | salute sanitaria | gezondheid | saúde
spectator: spectateurs public huis | zuschauer | espectadores público | spettatori pubblico | toeschouwers publiek | espectadores público
president: président présidente | präsident präsidentin | presidente presidenta | presidente | president | presidente
election: élection élections | wahl wahlen | elección elecciones | elezione elezioni | verkiezing verkiezingen | eleição
death: mort décès morts | tod tote gestorben | muerte muertos muere | morte morti muore | dood doden overleden | morte mortos
attack: attaque attentat | angriff anschlag | ataque atentado | attacco attentato | aanval aanslag | ataque
war: guerre | krieg | guerra | guerra | oorlog | guerra
earthquake: séisme | erdbeben | terremoto | terremoto | aardbeving | terramoto
storm: tempête typhon | sturm taifun | tormenta tifón | tempesta tifone | storm tyfoon | tempestade tufão
flood: inondation inondations | hochwasser flut überschwemmung | inundación inundaciones | alluvione | overstroming | inundação
fire: incendie feu | feuer brand | incendio fuego | incendio fuoco | brand vuur | incêndio
economy: économie | wirtschaft | economía | economia | economie | economia
bank: banque | bank | banco | banca | bank | banco
price: prix | preis preise | precio precios | prezzo prezzi | prijs prijzen | preço
market: marché | markt | mercado | mercato | markt | mercado
hacker: pirate piratage | hacker hackerangriff | hacker pirata | hacker | hacker | hacker
breach: violation fuite | verstoß datenleck panne | violación brecha filtración | violazione | inbreuk datalek | violação
security: sécurité | sicherheit | seguridad | sicurezza | veiligheid beveiliging | segurança
warning: avertissement alerte | warnung warnt | advertencia alerta | avviso allarme | waarschuwing waarschuwt | aviso alerta
fraud: fraude | betrug | fraude | frode | fraude | fraude
database: fichier base | datenbank | base fichero | banca archivio | databank bestand | base
algorithm: algorithme | algorithmus algorithmen | algoritmo | algoritmo | algoritme | algoritmo
train: entraîner train | trainieren zug | entrenar tren | addestrare treno | trainen trein | treinar trem
risk: risque | risiko | riesgo | rischio | risico | risco
question: question questions | frage fragen | pregunta preguntas | domanda domande | vraag vragen | pergunta
list: liste | liste | lista | elenco lista | lijst | lista
start: commence début lance démarre | start beginnt startet | inicio comienza arranca | inizio avvio parte | start begint | início começa
end: fin | ende | fin final | fine | einde | fim
begin: commencer commence débute débuter début démarrer | beginnen beginn anfang los gestartet | comenzar empezar empiezan arrancan comienzan inicia | cominciare inizia iniziano | beginnen begonnen aanvang | começar começam iniciar inicia arrancar
close: fermer fermeture clôture | schließen schließung abschluss | cerrar cierre clausura | chiudere chiusura | sluiten sluiting | fechar fechamento encerramento
withdraw: retire retrait renonce forfait | zieht zurück rückzug verzichtet absage | retira retirada renuncia baja abandona | ritira ritiro rinuncia | terugtrekken trekt afzegging | retira desiste desistência abandona
cancel: annule annulation annuler | absagen abgesagt streichen | cancela cancelación suspende cancelar | annulla annullamento | annuleren afgelast geannuleerd | cancela cancelamento cancelar
postpone: reporté reporter report | verschoben verschieben verschiebung | aplaza aplazado aplazamiento posponer | rinviare rinviato rinvio | uitgesteld uitstel | adia adiado adiamento
record: record | rekord | récord | record primato | record | recorde
champion: champion championne champions | meister meisterin weltmeister | campeón campeona campeones | campione campionessa | kampioen | campeão campeã campeões
championship: championnat championnats | meisterschaft weltmeisterschaft | campeonato mundial | campionato mondiali | kampioenschap | campeonato mundial
victory: victoire triomphe | sieg triumph | victoria triunfo | vittoria trionfo | overwinning zege | vitória triunfo
defeat: défaite battu éliminé | niederlage unterliegt verliert | derrota pierde cae derrotado | sconfitta perde | nederlaag verliest | derrota perde derrotado
bronze: bronze | bronze | bronce | bronzo | brons | bronze
qualify: qualifie qualification qualifié qualifiée | qualifiziert qualifikation | clasifica clasificación clasificado | qualifica qualificazione qualificato | kwalificatie geplaatst | classifica classificação classificado
tournament: tournoi | turnier | torneo | torneo | toernooi | torneio
race: course | rennen lauf | carrera | corsa gara | race wedstrijd | corrida prova
player: joueur joueuse joueurs | spieler spielerin | jugador jugadora jugadores | giocatore giocatrice | speler speelster | jogador jogadora jogadores
coach: entraîneur sélectionneur | trainer trainerin | entrenador técnico seleccionador | allenatore tecnico | trainer coach bondscoach | treinador técnico
sport: sport sports sportif | sport sportarten | deporte deportes deportivo | sport sportivo | sport sporten | esporte esportes desporto
flag: drapeau drapeaux | flagge fahne fahnenträger | bandera abanderado abanderada | bandiera portabandiera | vlag vlaggendrager | bandeira
torch: flamme torche relais | fackel fackellauf feuer | antorcha llama pebetero | fiaccola torcia fiamma | fakkel vlam | tocha chama pira
village: village | dorf | villa aldea | villaggio | dorp | vila aldeia
hotel: hôtel hôtels | hotel | hotel hoteles | albergo hotel | hotel | hotel hotéis
delegation: délégation | delegation | delegación | delegazione | delegatie | delegação
committee: comité commission | komitee ausschuss | comité comisión | comitato commissione | comité commissie | comitê comité comissão
volunteer: bénévole bénévoles volontaire | freiwillige freiwilliger | voluntario voluntarios | volontario volontari | vrijwilliger vrijwilligers | voluntário voluntários
tennis: tennis | tennis | tenis | tennis | tennis | tênis ténis
cycling: cyclisme cycliste vélo | radsport radfahren radrennen | ciclismo ciclista | ciclismo ciclista | wielrennen wielrenner | ciclismo ciclista
weightlifting: haltérophilie | gewichtheben | halterofilia pesas | sollevamento | gewichtheffen | halterofilismo levantamento
rowing: aviron | rudern ruderer | remo | canottaggio | roeien | remo
fencing: escrime | fechten | esgrima | scherma | schermen | esgrima
gymnastics: gymnastique gymnaste | turnen turnerin kunstturnen | gimnasia gimnasta | ginnastica ginnasta | turnen turnster | ginástica ginasta
shooting: tir fusillade | schießen schütze schießerei | tiro tiroteo | tiro sparatoria | schieten schietpartij | tiro tiroteio
boxing: boxe | boxen boxer | boxeo | pugilato boxe | boksen | boxe pugilismo
wrestling: lutte | ringen | lucha | lotta | worstelen | luta
surfing: surf | surfen wellenreiten | surf | surf | surfen | surfe surf
skateboard: skate skateboard | skateboard | skate monopatín | skateboard | skateboarden | skate
horse: cheval chevaux équitation | pferd pferde reiten | caballo hípica ecuestre | cavallo equitazione | paard paarden ruitersport | cavalo hipismo
infection: infection infections contaminations contamination | infektion infektionen ansteckung infiziert | contagio contagios infección infectados | contagio contagi infezione | besmetting besmettingen | infecção infecções contágio
pandemic: pandémie | pandemie | pandemia | pandemia | pandemie | pandemia
vaccine: vaccin vaccination vaccins vacciné | impfung impfstoff geimpft impfen | vacuna vacunación vacunas vacunados | vaccino vaccini vaccinazione | vaccin vaccinatie | vacina vacinação vacinas
quarantine: quarantaine isolement | quarantäne isolation isoliert | cuarentena aislamiento aislados | quarantena isolamento | quarantaine isolatie | quarentena isolamento
hospital: hôpital hospitalisé | krankenhaus klinik | hospital hospitalizado | ospedale ricoverato | ziekenhuis | hospital internado
doctor: médecin docteur | arzt ärztin ärzte | médico doctor | medico dottore | arts dokter | médico
injury: blessure blessé blessés | verletzung verletzt verletzte | lesión herido heridos lesionado | infortunio ferito feriti | blessure gewond gewonden | lesão ferido feridos
protest: manifestation manifestants proteste | protest proteste demonstration | protesta protestas manifestación | protesta proteste manifestazione | protest demonstratie | protesto protestos manifestação
boycott: boycott boycotter | boykott | boicot | boicottaggio | boycot | boicote
resign: démission démissionne | rücktritt | dimite dimisión | dimissioni dimette | aftreden ontslag | demissão demite renúncia
dismiss: licencié limogé renvoyé | entlassen gefeuert entlassung | despedido destituido despide destituye | licenziato licenziamento | ontslagen | demitido despedido destituído
scandal: scandale polémique | skandal | escándalo polémica | scandalo polemica | schandaal | escândalo polêmica
apologise: excuses excuse | entschuldigung entschuldigt | disculpas disculpa | scuse scusa | excuses verontschuldigt | desculpas desculpa
director: directeur directrice réalisateur | direktor leiter regisseur | director directora | direttore regista | directeur regisseur | diretor diretora
emperor: empereur | kaiser | emperador | imperatore | keizer | imperador
king: roi | könig | rey | re | koning | rei
queen: reine | königin | reina | regina | koningin | rainha
wife: femme épouse | frau ehefrau | esposa mujer | moglie | vrouw echtgenote | esposa mulher
mother: mère mères maman | mutter mütter | madre madres | madre madri mamma | moeder moeders | mãe mães
young: jeune jeunes | jung junge jüngste | joven jóvenes | giovane giovani | jong jonge jongste | jovem jovens
refugee: réfugié réfugiés | flüchtling flüchtlinge | refugiado refugiados | rifugiato rifugiati | vluchteling vluchtelingen | refugiado refugiados
migrant: migrant migrants | migranten migrant | migrante migrantes | migrante migranti | migrant migranten | migrante migrantes
asylum: asile | asyl | asilo | asilo | asiel | asilo
flee: fuit fuir fuite | flieht fliehen geflohen flucht | huye huir fuga | fugge fuggire fuga | vlucht vluchten gevlucht | foge fugir fuga
disappear: disparu disparaît disparition | verschwunden verschwindet vermisst | desaparecido desaparece desaparición | scomparso sparisce scomparsa | verdwenen vermist | desaparecido desaparece desaparecimento
arrest: arrêté arrestation interpellé | festgenommen verhaftet festnahme | detenido arrestado detención detiene | arrestato arresto | arrestatie gearresteerd opgepakt | preso detido detenção
prison: prison incarcéré détenu | gefängnis haft | prisión cárcel preso | carcere prigione | gevangenis cel | prisão cadeia
murder: meurtre assassinat tué | mord getötet ermordet | asesinato homicidio asesinado | omicidio ucciso assassinio | moord vermoord | assassinato homicídio morto
terrorism: terrorisme terroriste | terrorismus terrorist terror | terrorismo terrorista | terrorismo terrorista | terrorisme terrorist | terrorismo terrorista
bomb: bombe explosion | bombe explosion | bomba explosión | bomba esplosione | bom explosie | bomba explosão
rape: viol violée | vergewaltigung | violación violada | stupro violenza | verkrachting | estupro violação
drug: drogue dopage dopé | droge drogen doping | droga dopaje drogas | droga doping | drugs doping | droga doping drogas
suspend: suspendu suspension | gesperrt sperre suspendiert | suspendido suspensión suspende | sospeso sospensione | geschorst schorsing | suspenso suspensão
plane: avion vol | flugzeug flug | avión vuelo | aereo volo | vliegtuig vlucht | avião voo
airport: aéroport | flughafen | aeropuerto | aeroporto | luchthaven vliegveld | aeroporto
ship: navire bateau | schiff boot | barco buque | nave barca | schip boot | navio barco
strike: grève | streik | huelga | sciopero | staking | greve
job: emploi emplois travail | arbeitsplatz arbeitsplätze | empleo trabajo empleos | lavoro posto | baan banen werk | emprego trabalho
tax: impôt taxe impôts | steuer steuern | impuesto impuestos | tassa tasse imposta | belasting | imposto impostos
budget: budget | haushalt etat | presupuesto | bilancio | begroting | orçamento
share: actions action bourse | aktie aktien börse | acciones bolsa acción | azioni borsa | aandelen beurs | ações bolsa
export: exportation exportations | ausfuhr exporte | exportación exportaciones | esportazione esportazioni | uitvoer | exportação exportações
sale: vente ventes soldes | verkauf umsatz | venta ventas | vendita vendite | verkoop omzet | venda vendas
ticket: billet billets | eintrittskarte tickets karten | entrada boleto boletos | biglietto biglietti | kaartje kaartjes | ingresso ingressos bilhete bilhetes
stadium: stade | stadion | estadio | stadio | stadion | estádio
heat: chaleur canicule | hitze hitzewelle | calor | caldo | hitte | calor
rain: pluie pluies | regen | lluvia lluvias | pioggia piogge | regen | chuva chuvas
weather: météo temps | wetter | clima tiempo | meteo tempo | weer | clima tempo
climate: climat climatique | klima | climático clima | clima climatico | klimaat | climático clima
energy: énergie | energie | energía | energia | energie | energia
oil: pétrole | öl erdöl | petróleo | petrolio | olie | petróleo
nuclear: nucléaire | atom nuklear | nuclear | nucleare | nucleair | nuclear
army: armée militaire soldats | armee militär soldaten | ejército militares soldados | esercito militari soldati | leger militairen soldaten | exército militares soldados
peace: paix | frieden | paz | pace | vrede | paz
treaty: traité | vertrag | tratado | trattato | verdrag | tratado
summit: sommet | gipfel | cumbre | vertice | topontmoeting | cúpula cimeira
visit: visite visiter | besuch besucht | visita visitar | visita visitare | bezoek bezoekt | visita visitar
meeting: réunion rencontre | treffen sitzung | reunión encuentro | riunione incontro | vergadering ontmoeting | reunião encontro
party: parti fête | partei feier | partido fiesta | partito festa | partij feest | partido festa
opposition: opposition | opposition | oposición | opposizione | oppositie | oposição
survey: sondage enquête | umfrage | encuesta sondeo | sondaggio | peiling enquête | pesquisa sondagem
university: université | universität | universidad | università | universiteit | universidade
book: livre | buch | libro | libro | boek | livro
film: film | film | película cine | film cinema | film | filme cinema
music: musique chanson | musik lied | música canción | musica canzone | muziek lied | música canção
award: prix récompense | preis auszeichnung | premio galardón | premio | prijs | prêmio prémio
television: télévision télé diffusion | fernsehen tv übertragung | televisión tv transmisión | televisione tv diretta | televisie tv | televisão tv transmissão
schedule: calendrier programme horaires | zeitplan programm kalender | calendario horario horarios programa | calendario programma orari | programma kalender schema | calendário horário horários programação agenda
star: star vedette étoile stars | star stars stern | estrella estrellas | stella | ster sterren | estrela estrelas
hope: espoir espère | hoffnung hofft | esperanza espera | speranza spera | hoop hoopt | esperança espera
fear: peur crainte craintes | angst furcht | miedo temor temores | paura timore | angst vrees | medo temor receio
history: histoire historique | geschichte historisch | historia histórico histórica | storia storico storica | geschiedenis historisch | história histórico histórica
equality: égalité parité | gleichheit gleichstellung | igualdad paridad | uguaglianza parità | gelijkheid | igualdade paridade
gender: genre sexe transgenre | geschlecht transgender | género sexo transgénero | genere sesso transgender | gender geslacht transgender | gênero sexo transgênero
animal: animal animaux | tier tiere | animal animales | animale animali | dier dieren | animal animais
city: ville | stadt | ciudad | città | stad | cidade
island: île | insel | isla | isola | eiland | ilha
sea: mer | meer | mar | mare | zee | mar
water: eau | wasser | agua | acqua | water | água
food: nourriture aliments alimentation | essen lebensmittel nahrung | comida alimentos | cibo alimenti | voedsel eten | comida alimentos
road: route rue | straße | carretera calle | strada | weg straat | estrada rua
accident: accident | unfall | accidente | incidente | ongeluk ongeval | acidente
family: famille | familie | familia | famiglia | familie gezin | família
friend: ami amis | freund freunde | amigo amigos | amico amici | vriend vrienden | amigo amigos
"""
